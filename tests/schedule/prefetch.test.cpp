#include <tenon/schedule/prefetch.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("prefetch") {
  nested_loop<3> const j = loop("j");
  CHECK((text{} << prefetch({"x"}, j.outer, 4)) == "prefetch(x, j.outer, 4)");
}
