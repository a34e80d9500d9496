#include <tenon/schedule/specialize.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("specialize") { CHECK((text{} << specialize("M", 64, 128)) == "specialize(M, 64, 128)"); }
