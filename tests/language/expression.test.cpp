#include <tenon/language/expression.hpp>

#include "support/both.hpp"

using namespace tenon;

namespace {

using detail::common;

constexpr bool types_meet_only_where_nothing_is_lost_unseen() {
  using enum element;
  return common(f32, false, f32, false) == f32 && common(f16, false, f32, false) == f32 &&
         common(bf16, false, f16, false) == f32 && common(i8, false, u8, false) == none &&
         common(f32, false, f64, false) == none && common(i4, false, i8, false) == i8 &&
         common(boolean, false, i32, false) == none;
}

constexpr bool a_number_takes_the_type_of_its_neighbour() {
  using enum element;
  return common(f32, false, f64, true) == f32 && common(i32, true, i8, false) == i8 &&
         common(i32, true, f16, false) == f32 && common(i32, false, f64, true) == none &&
         common(boolean, false, i32, true) == none;
}

constexpr bool a_fraction_is_rounded_and_an_integer_is_exact() {
  detail::staging s{};
  ir::node_id const tenth = detail::literal<double>{0.1}.stage(s, element::f32);
  ir::node_id const whole = detail::literal<int>{1 << 24}.stage(s, element::f32);
  bool const taken = s.p[tenth].real() == double(0.1F) && s.p[whole].real() == 1 << 24 && !s.p.refused;
  detail::literal<int>{(1 << 24) + 1}.stage(s, element::f32);
  return taken && s.p.refused;
}

constexpr bool a_constant_keeps_its_type() {
  detail::staging s{};
  ir::node_id const one = constant<std::int8_t>(1).stage(s, element::none);
  ir::node_id const half_of_one = constant(half(0.5F)).stage(s, element::none);
  return s.p[one].type == element::i8 && s.p[half_of_one].type == element::f16 && s.p[half_of_one].real() == 0.5;
}

constexpr bool a_refused_expression_is_worth_zero() {
  detail::staging s{};
  return s.p[detail::refused_expression{}.stage(s, element::i32)].value == 0;
}

}  // namespace

TEST_CASE("expression") {
  CHECK_BOTH(types_meet_only_where_nothing_is_lost_unseen());
  CHECK_BOTH(a_number_takes_the_type_of_its_neighbour());
  CHECK_BOTH(a_fraction_is_rounded_and_an_integer_is_exact());
  CHECK_BOTH(a_constant_keeps_its_type());
  CHECK_BOTH(a_refused_expression_is_worth_zero());
}
