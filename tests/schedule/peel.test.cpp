#include <tenon/schedule/peel.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("peel") {
  CHECK((text{} << peel(loop("i"))) == "peel(i)");
  CHECK((text{} << peel(loop("i"), 3)) == "peel(i, 3)");
}
