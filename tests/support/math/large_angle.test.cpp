#include <tenon/support/math/large_angle.hpp>

#include <doctest/doctest.h>

#include <support/both.hpp>

namespace {

// The double nearest to pi/2 lacks a little of it.
constexpr bool agrees_with_a_known_rest() {
  tenon::math::small_angle const a = tenon::math::take_quarters_of_large(1.5707963267948966);
  return a.quarters == 1 && a.r < -6.1e-17 && a.r > -6.2e-17;
}

constexpr bool is_odd_in_its_angle() {
  for (double x = 0.5; x < 1e300; x *= 12345.678) {
    tenon::math::small_angle const a = tenon::math::take_quarters_of_large(x);
    tenon::math::small_angle const b = tenon::math::take_quarters_of_large(-x);
    if (a.r != -b.r || ((a.quarters + b.quarters) & 3U) != 0 || a.r > 0.7853981633974484 || a.r < -0.7853981633974484) {
      return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("large angles") {
  CHECK_BOTH(agrees_with_a_known_rest());
  CHECK_BOTH(is_odd_in_its_angle());
}
