#include <tenon/schedule/unroll.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("unroll") {
  CHECK((text{} << unroll(loop("i"))) == "unroll(i)");
  schedule const made = unroll(loop("i"), 4);
  REQUIRE(made.steps.size() == 2);
  CHECK((text{} << made.steps[0]) == "split(i, 4, tail::peel)");
  CHECK((text{} << made.steps[1]) == "unroll(i.inner)");
}
