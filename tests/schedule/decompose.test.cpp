#include <tenon/schedule/decompose.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("decompose") {
  nested_loop<3> const j = loop("j");
  nested_loop<3> const k = loop("k");
  CHECK((text{} << decompose(k, j.outer)) == "decompose(k, j.outer)");
}
