#include <tenon/schedule/cache.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("cache") {
  nested_loop<3> const j = loop("j");
  nested_loop<3> const k = loop("k");
  CHECK((text{} << cache({"w"}, k.outer, order(j.outer, k.inner, j.inner))) ==
        "cache(w, k.outer, order(j.outer, k.inner, j.inner))");
  CHECK((text{} << cache({"w"}, j, space::stack)) == "cache(w, j, space::stack)");
}
