#include <tenon/ir/build.hpp>

#include "support/both.hpp"

using namespace tenon;

constexpr bool folds_constant_indices() {
  ir::program p{};
  auto const value = [&](ir::op what, std::int64_t a, std::int64_t b) {
    ir::node_id const made = ir::add_index(p, what, ir::add_index(p, a), b);
    return ir::is_constant(p, made) ? p[made].value : -999;
  };
  return value(ir::op::add, 3, 4) == 7 && value(ir::op::mul, 3, -4) == -12 && value(ir::op::floor_div, -7, 2) == -4 &&
         value(ir::op::floor_mod, -7, 2) == 1 && value(ir::op::min, 3, 4) == 3 && value(ir::op::max, 3, 4) == 4 &&
         value(ir::op::sub, 3, 4) == -1;
}

constexpr bool leaves_out_what_changes_nothing() {
  ir::program p{};
  ir::node_id const i = ir::add_counter(p, p.add(ir::axis{.name = "i"}));
  return ir::add_index(p, ir::op::add, i, 0) == i && ir::add_index(p, ir::op::add, ir::add_index(p, 0), i) == i &&
         ir::add_index(p, ir::op::mul, i, 1) == i && ir::add_index(p, ir::op::floor_div, i, 1) == i &&
         ir::is_constant(p, ir::add_index(p, ir::op::mul, i, 0), 0) &&
         ir::is_constant(p, ir::add_index(p, ir::op::floor_mod, i, 1), 0);
}

constexpr bool rounds_down() {
  for (std::int64_t a = -9; a < 10; ++a) {
    for (std::int64_t b : {-4, -3, -1, 1, 3, 4}) {
      std::int64_t const q = ir::floor_div(a, b);
      std::int64_t const r = ir::floor_mod(a, b);
      if (q * b + r != a || (r != 0 && (r < 0) != (b < 0)) || (r < 0 ? -r : r) >= (b < 0 ? -b : b)) return false;
    }
  }
  return true;
}

constexpr bool gives_comparisons_a_boolean() {
  ir::program p{};
  ir::node_id const a = ir::add_real(p, element::f32, 1);
  return p[ir::add_binary(p, ir::op::less, a, a)].type == element::boolean &&
         p[ir::add_binary(p, ir::op::add, a, a)].type == element::f32 &&
         p[ir::add_unary(p, ir::op::negate, a)].type == element::f32;
}

constexpr bool joins_conditions() {
  ir::program p{};
  ir::node_id const a = ir::add_integer(p, element::boolean, 1);
  ir::node_id const b = ir::add_integer(p, element::boolean, 0);
  return ir::add_both(p, ir::node_id::none, a) == a && ir::add_both(p, a, ir::node_id::none) == a &&
         ir::add_both(p, a, a) == a && p[ir::add_both(p, a, b)].what == ir::op::logical_and;
}

constexpr bool casts_only_where_types_differ() {
  ir::program p{};
  ir::node_id const a = ir::add_real(p, element::f32, 1);
  return ir::add_cast(p, element::f32, a) == a && p[ir::add_cast(p, element::f64, a)].type == element::f64;
}

constexpr bool leaves_empty_statements_out_of_blocks() {
  ir::program p{};
  ir::buffer_id const x = p.add(ir::buffer{.name = "x", .type = element::f32});
  ir::node_id const s = ir::add_store(p, ir::add_access(p, x, {}), ir::add_real(p, element::f32, 1));
  return ir::add_block(p, ir::node_id::none, s) == s && ir::add_block(p, s, ir::node_id::none) == s &&
         p[ir::add_block(p, s, s)].what == ir::op::block && p[ir::add_load(p, p[s].access())].type == element::f32;
}

TEST_CASE("build") {
  CHECK_BOTH(folds_constant_indices());
  CHECK_BOTH(leaves_out_what_changes_nothing());
  CHECK_BOTH(rounds_down());
  CHECK_BOTH(gives_comparisons_a_boolean());
  CHECK_BOTH(joins_conditions());
  CHECK_BOTH(casts_only_where_types_differ());
  CHECK_BOTH(leaves_empty_statements_out_of_blocks());
}
