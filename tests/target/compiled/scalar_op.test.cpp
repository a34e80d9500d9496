#include <tenon/target/compiled/scalar_op.hpp>

#include <cstdint>

#include "support/both.hpp"

namespace {

using namespace tenon;

using ir::op;

constexpr bool integers_wrap() {
  return compiled::scalar_op<op::add>(std::int8_t{127}, std::int8_t{1}) == -128 &&
         compiled::scalar_op<op::mul>(std::int32_t{1 << 30}, std::int32_t{4}) == 0 &&
         compiled::scalar_op<op::negate>(std::int8_t{-128}) == -128 &&
         compiled::scalar_op<op::div>(INT32_MIN, -1) == INT32_MIN && compiled::scalar_op<op::mod>(INT32_MIN, -1) == 0;
}
constexpr bool indices_round_down() {
  return compiled::scalar_op<op::floor_div>(std::int64_t{-1}, std::int64_t{4}) == -1 &&
         compiled::scalar_op<op::floor_mod>(std::int64_t{-1}, std::int64_t{4}) == 3 &&
         compiled::scalar_op<op::div>(std::int64_t{-1}, std::int64_t{4}) == 0;
}
constexpr bool numbers_are_true_unless_zero() {
  return compiled::scalar_cast<bool>(0.5F) && !compiled::scalar_cast<bool>(0) &&
         compiled::scalar_cast<int>(2.9F) == 2 && compiled::scalar_cast<float>(true) == 1;
}

TEST_CASE("scalar_op") {
  CHECK_BOTH(integers_wrap());
  CHECK_BOTH(indices_round_down());
  CHECK_BOTH(numbers_are_true_unless_zero());
}

}  // namespace
