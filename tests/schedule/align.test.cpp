#include <tenon/schedule/align.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("align") {
  CHECK((text{} << align({"bx"}, 64)) == "align(bx, 64)");
  CHECK((text{} << align({"bx"}, 64, 16)) == "align(bx, 64, 16)");
}
