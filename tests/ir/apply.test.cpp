#include <tenon/ir/apply.hpp>

#include "support/both.hpp"

using namespace tenon;
using ir::scalar;

constexpr scalar i(std::int64_t v) { return {.whole = v}; }
constexpr scalar r(double v) { return {.real = v}; }

constexpr bool wraps_integers_as_memory_does() {
  return ir::whole(element::i8, 200).whole == -56 && ir::whole(element::u8, -1).whole == 255 &&
         ir::whole(element::i4, 9).whole == -7 && ir::whole(element::u4, 17).whole == 1 &&
         ir::apply(ir::op::add, element::u8, i(250), i(10)).whole == 4 &&
         ir::apply(ir::op::mul, element::i32, i(1 << 20), i(1 << 12)).whole == 0 &&
         ir::apply(ir::op::sub, element::i64, i(INT64_MIN), i(1)).whole == INT64_MAX;
}

constexpr bool rounds_reals_to_their_type() {
  return ir::real(element::f32, 0.1).real == static_cast<double>(0.1f) && ir::real(element::f16, 2049).real == 2048 &&
         ir::real(element::bf16, 257).real == 256 && ir::real(element::f64, 0.1).real == 0.1;
}

constexpr bool divides_as_cpp_does() {
  return ir::apply(ir::op::div, element::i32, i(-7), i(2)).whole == -3 &&
         ir::apply(ir::op::mod, element::i32, i(-7), i(2)).whole == -1 &&
         ir::apply(ir::op::div, element::i32, i(INT32_MIN), i(-1)).whole == INT32_MIN &&
         ir::apply(ir::op::mod, element::i32, i(INT32_MIN), i(-1)).whole == 0 &&
         ir::apply(ir::op::div, element::u64, i(-1), i(2)).whole == INT64_MAX;
}

constexpr bool divides_indices_downwards() {
  return ir::apply(ir::op::floor_div, ir::index_type, i(-7), i(2)).whole == -4 &&
         ir::apply(ir::op::floor_mod, ir::index_type, i(-7), i(2)).whole == 1;
}

constexpr bool compares_in_the_sign_of_the_type() {
  return ir::apply(ir::op::less, element::i64, i(-1), i(1)).whole == 1 &&
         ir::apply(ir::op::less, element::u64, i(-1), i(1)).whole == 0 &&
         ir::apply(ir::op::max, element::u64, i(-1), i(1)).whole == -1 &&
         ir::apply(ir::op::less_equal, element::f32, r(1), r(1)).whole == 1 &&
         ir::apply(ir::op::min, element::f32, r(-1), r(1)).real == -1;
}

constexpr bool shifts() {
  return ir::apply(ir::op::shift_left, element::i32, i(3), i(2)).whole == 12 &&
         ir::apply(ir::op::shift_right, element::i32, i(-8), i(1)).whole == -4 &&
         ir::apply(ir::op::shift_right, element::u64, i(-1), i(63)).whole == 1;
}

constexpr bool casts_as_cpp_does() {
  return ir::cast(element::f32, element::i32, r(-2.9)).whole == -2 &&
         ir::cast(element::i32, element::u8, i(300)).whole == 44 &&
         ir::cast(element::i32, element::boolean, i(5)).whole == 1 &&
         ir::cast(element::u64, element::f64, i(-1)).real == 18446744073709551615.0 &&
         ir::cast(element::i64, element::f16, i(2049)).real == 2048;
}

constexpr bool has_signs() {
  return ir::apply(ir::op::negate, element::i8, i(-128)).whole == -128 &&
         ir::apply(ir::op::absolute, element::i32, i(-5)).whole == 5 &&
         ir::apply(ir::op::absolute, element::f32, r(-0.5)).real == 0.5 &&
         ir::apply(ir::op::negate, element::f32, r(0.5)).real == -0.5 &&
         ir::apply(ir::op::bit_not, element::u8, i(1)).whole == 254 &&
         ir::apply(ir::op::logical_not, element::boolean, i(1)).whole == 0;
}

constexpr bool scales_in_fixed_point() {
  // 100 * 0.75 and -100 * 0.755, halves rounded up.
  return ir::multiply_shift(i(100), i(3), i(2)).whole == 75 && ir::multiply_shift(i(-3), i(1), i(1)).whole == -1 &&
         ir::multiply_shift(i(3), i(1), i(1)).whole == 2 && ir::multiply_shift(i(7), i(1), i(0)).whole == 7;
}

TEST_CASE("apply") {
  CHECK_BOTH(wraps_integers_as_memory_does());
  CHECK_BOTH(rounds_reals_to_their_type());
  CHECK_BOTH(divides_as_cpp_does());
  CHECK_BOTH(divides_indices_downwards());
  CHECK_BOTH(compares_in_the_sign_of_the_type());
  CHECK_BOTH(shifts());
  CHECK_BOTH(casts_as_cpp_does());
  CHECK_BOTH(has_signs());
  CHECK_BOTH(scales_in_fixed_point());
  CHECK(ir::apply(ir::math::floor, element::f32, r(-0.5), {}).real == -1);
}
