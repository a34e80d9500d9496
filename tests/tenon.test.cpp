#include <tenon/tenon.hpp>

#include "support/both.hpp"

constexpr bool the_umbrella_compiles_alone() { return true; }

TEST_CASE("tenon") { CHECK_BOTH(the_umbrella_compiles_alone()); }
