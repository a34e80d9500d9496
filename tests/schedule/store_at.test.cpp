#include <tenon/schedule/store_at.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("store_at") {
  CHECK((text{} << store_at(tensor_name{"bx"}, loop("by", "y").outer)) == "store_at(bx, by[y.outer])");
  CHECK((text{} << store_root(tensor_name{"bx"})) == "store_root(bx)");
}
