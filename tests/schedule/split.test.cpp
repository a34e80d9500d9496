#include <tenon/schedule/split.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("split") {
  nested_loop<3> const i = loop("i");
  CHECK((text{} << split(i, 12)) == "split(i, 12)");
  CHECK((text{} << split(i.inner, parts(4), tail::guard)) == "split(i.inner, parts(4), tail::guard)");
}
