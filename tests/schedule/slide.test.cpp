#include <tenon/schedule/slide.hpp>

#include <doctest/doctest.h>

using namespace tenon;

TEST_CASE("slide") { CHECK((text{} << slide(tensor_name{"bx"})) == "slide(bx)"); }
