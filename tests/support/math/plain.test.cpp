#include <tenon/support/math/plain.hpp>

#include <doctest/doctest.h>

#include <support/both.hpp>

namespace {

namespace plain = tenon::math::plain;

constexpr bool rounds_ties_to_even() {
  return plain::round(0.5) == 0.0 && plain::round(1.5) == 2.0 && plain::round(-2.5F) == -2.0F &&
         plain::round(0x1p60) == 0x1p60;
}

constexpr bool keeps_signs() {
  return plain::is_negative(-0.0) && plain::abs(-3.0F) == 3.0F && plain::copy_sign(2.0, -1.0) == -2.0;
}

}  // namespace

TEST_CASE("plain words of the mathematics") {
  CHECK_BOTH(rounds_ties_to_even());
  CHECK_BOTH(keeps_signs());
}
