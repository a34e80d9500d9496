#include <tenon/schedule/place.hpp>

#include <doctest/doctest.h>
#include <support/loops.hpp>

using namespace tenon;

TEST_CASE("place") {
  CHECK((text{} << place({"bx"}, space::stack)) == "place(bx, space::stack)");
  CHECK((text{} << place(accumulator({"y"}), space::registers)) == "place(y.sum, space::registers)");
}
