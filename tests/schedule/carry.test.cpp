#include <tenon/schedule/carry.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("carry") {
  nested_loop<3> const j = loop("j");
  nested_loop<3> const k = loop("k");
  CHECK((text{} << carry(k.outer, j)) == "carry(k.outer, j)");
}
