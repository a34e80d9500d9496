#include <tenon/schedule/reorder.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("reorder") {
  nested_loop<3> const i = loop("i");
  CHECK((text{} << reorder(i.outer, loop("bx", "k"), i.inner)) == "reorder(i.outer, bx[k], i.inner)");
}
