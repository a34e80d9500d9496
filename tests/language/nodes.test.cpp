#include <tenon/language/nodes.hpp>

#include "support/both.hpp"

using namespace tenon;

namespace {

constexpr bool a_formula_is_made_once() {
  detail::node_maker m{};
  ir::node_id const a = m.whole(element::i32, 3);
  ir::node_id const b = m.add(ir::op::add, element::i32, a, m.whole(element::i32, 4));
  return b == m.add(ir::op::add, element::i32, m.whole(element::i32, 3), m.whole(element::i32, 4)) &&
         a != m.whole(element::i64, 3) && m.real(element::f32, 0) != m.whole(element::f32, 1);
}

constexpr bool a_new_stage_shares_nothing_with_the_last() {
  detail::node_maker m{};
  ir::node_id const a = m.index(3);
  m.forget();
  return a != m.index(3);
}

constexpr bool indices_are_folded() {
  detail::node_maker m{};
  ir::node_id const i = ir::add_parameter(m.p, ir::parameter_id{1});
  return m.index(ir::op::add, i, m.index(0)) == i && m.index(ir::op::mul, m.index(3), m.index(4)) == m.index(12) &&
         m.index(ir::op::add, i, m.index(1)) == m.index(ir::op::add, i, m.index(1));
}

constexpr bool a_value_fits_where_it_is_wanted() {
  detail::node_maker m{};
  ir::node_id const x = m.real(element::f16, 0.5);
  return m.fit(x, element::none) == x && m.fit(x, element::f16) == x &&
         m.p[m.fit(x, element::f32)].what == ir::op::cast;
}

}  // namespace

TEST_CASE("nodes") {
  CHECK_BOTH(a_formula_is_made_once());
  CHECK_BOTH(a_new_stage_shares_nothing_with_the_last());
  CHECK_BOTH(indices_are_folded());
  CHECK_BOTH(a_value_fits_where_it_is_wanted());
}
