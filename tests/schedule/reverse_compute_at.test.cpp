#include <tenon/schedule/reverse_compute_at.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("reverse_compute_at") {
  CHECK((text{} << reverse_compute_at(tensor_name{"bx"}, loop("by", "y").outer)) ==
        "reverse_compute_at(bx, by[y.outer])");
}
