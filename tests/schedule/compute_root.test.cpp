#include <tenon/schedule/compute_root.hpp>

#include <doctest/doctest.h>

using namespace tenon;

TEST_CASE("compute_root") { CHECK((text{} << compute_root(tensor_name{"bx"})) == "compute_root(bx)"); }
