#include <tenon/schedule/bind.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("bind") { CHECK((text{} << bind(loop("i"), block_x)) == "bind(i, block_x)"); }
