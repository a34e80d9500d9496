#include <tenon/schedule/reverse_inline.hpp>

#include <doctest/doctest.h>

using namespace tenon;

TEST_CASE("reverse_inline") { CHECK((text{} << reverse_inline(tensor_name{"bx"})) == "reverse_inline(bx)"); }
