#include <tenon/schedule/tile.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("tile") {
  schedule const made = tile(loop("i"), loop("j"), 4, 8, tail::guard);
  REQUIRE(made.steps.size() == 3);
  CHECK((text{} << made.steps[0]) == "split(i, 4, tail::guard)");
  CHECK((text{} << made.steps[1]) == "split(j, 8, tail::guard)");
  CHECK((text{} << made.steps[2]) == "reorder(i.outer, j.outer, i.inner, j.inner)");
}
