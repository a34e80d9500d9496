#include <tenon/schedule/in_place.hpp>

#include <doctest/doctest.h>

using namespace tenon;

TEST_CASE("in_place") { CHECK((text{} << in_place({label{"y"}})) == "in_place(y)"); }
