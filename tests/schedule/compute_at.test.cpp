#include <tenon/schedule/compute_at.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("compute_at") {
  CHECK((text{} << compute_at(tensor_name{"bx"}, loop("by", "y").outer)) == "compute_at(bx, by[y.outer])");
}
