#include <tenon/schedule/compute_inline.hpp>

#include <doctest/doctest.h>

using namespace tenon;

TEST_CASE("compute_inline") { CHECK((text{} << compute_inline(tensor_name{"bx"})) == "compute_inline(bx)"); }
