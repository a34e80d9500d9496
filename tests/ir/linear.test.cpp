#include <tenon/ir/linear.hpp>

#include <string_view>

#include "support/both.hpp"

using namespace tenon;

struct two_axes {
  ir::program p{};
  ir::axis_id i = p.add(ir::axis{.name = "i"});
  ir::axis_id j = p.add(ir::axis{.name = "j"});
  ir::node_id ci = ir::add_counter(p, i);
  ir::node_id cj = ir::add_counter(p, j);
  constexpr ir::node_id index(ir::op what, ir::node_id a, ir::node_id b) { return ir::add_index(p, what, a, b); }
  constexpr ir::node_id index(ir::op what, ir::node_id a, std::int64_t b) { return ir::add_index(p, what, a, b); }
};

constexpr bool sees_through_sums_and_products() {
  two_axes t{};
  // 3 * (2 * i + j - 5) - j
  ir::node_id const inner = t.index(ir::op::sub, t.index(ir::op::add, t.index(ir::op::mul, t.ci, 2), t.cj), 5);
  ir::linear const sum =
      ir::linear_of(t.p, t.index(ir::op::sub, t.index(ir::op::mul, ir::add_index(t.p, 3), inner), t.cj));
  return sum.constant == -15 && ir::factor_of(t.p, sum, t.i) == 6 && ir::factor_of(t.p, sum, t.j) == 2 &&
         sum.terms.size() == 2;
}

constexpr bool leaves_out_what_cancels() {
  two_axes t{};
  ir::node_id const again = ir::add_counter(t.p, t.i);
  ir::linear const sum = ir::linear_of(t.p, t.index(ir::op::sub, t.index(ir::op::add, t.ci, t.cj), again));
  return sum.terms.size() == 1 && ir::factor_of(t.p, sum, t.i) == 0 && ir::factor_of(t.p, sum, t.j) == 1;
}

constexpr bool keeps_other_values_as_atoms() {
  two_axes t{};
  ir::node_id const third = t.index(ir::op::floor_div, t.ci, 3);
  ir::node_id const same = t.index(ir::op::floor_div, ir::add_counter(t.p, t.i), 3);
  ir::linear const sum = ir::linear_of(t.p, t.index(ir::op::add, third, t.index(ir::op::mul, same, 4)));
  return sum.terms.size() == 1 && sum.terms[0].atom == third && sum.terms[0].factor == 5 &&
         ir::factor_of(t.p, sum, t.i) == 0;
}

constexpr bool tells_products_of_counters_apart() {
  two_axes t{};
  ir::node_id const square = t.index(ir::op::mul, t.ci, t.cj);
  ir::linear const sum = ir::linear_of(t.p, square);
  return sum.terms.size() == 1 && sum.terms[0].atom == square;
}

constexpr bool adds_sums() {
  two_axes t{};
  ir::linear const a = ir::linear_of(t.p, t.index(ir::op::add, t.ci, 2));
  ir::linear const b = ir::linear_of(t.p, t.index(ir::op::add, t.ci, t.cj));
  ir::linear const difference = ir::add(t.p, a, b, -1);
  return difference.constant == 2 && difference.terms.size() == 1 && ir::factor_of(t.p, difference, t.j) == -1;
}

constexpr bool writes_back_what_it_read() {
  two_axes t{};
  ir::node_id const index = t.index(ir::op::add, t.index(ir::op::mul, t.ci, 8), t.index(ir::op::add, t.cj, 3));
  ir::linear const sum = ir::linear_of(t.p, index);
  return ir::linear_of(t.p, ir::add_linear(t.p, sum)) == sum &&
         ir::is_constant(t.p, ir::add_linear(t.p, ir::linear{.constant = 7}), 7);
}

constexpr bool knows_equal_values() {
  two_axes t{};
  ir::node_id const a = t.p.add(ir::node{.what = ir::op::mul, .type = ir::index_type, .a = t.ci, .b = t.cj});
  ir::node_id const b =
      t.p.add(ir::node{.what = ir::op::mul, .type = ir::index_type, .a = ir::add_counter(t.p, t.i), .b = t.cj});
  ir::node_id const c = t.p.add(ir::node{.what = ir::op::mul, .type = ir::index_type, .a = t.cj, .b = t.cj});
  return ir::same_value(t.p, a, b) && !ir::same_value(t.p, a, c) && !ir::same_value(t.p, a, ir::node_id::none);
}

/// c.0 + 2 * c.1 + ..., of that many counters.
struct many_axes {
  ir::program p{};
  ir::node_id sum = ir::node_id::none;
  constexpr explicit many_axes(int count) {
    for (int n = 0; n < count; ++n) {
      ir::node_id const counter = ir::add_counter(p, p.add(ir::axis{.name = "c"}));
      ir::node_id const part = ir::add_index(p, ir::op::mul, counter, n + 1);
      sum = n == 0 ? part : ir::add_index(p, ir::op::add, sum, part);
    }
  }
};

constexpr bool takes_a_sum_that_is_too_long_for_one_value() {
  many_axes const fits(16);
  many_axes const longer(17);
  ir::linear const sum = ir::linear_of(longer.p, longer.sum);
  return ir::linear_of(fits.p, fits.sum).terms.size() == 16 && sum.terms.size() == 1 &&
         sum.terms[0].atom == longer.sum && sum.terms[0].factor == 1;
}

constexpr bool what_is_not_known_stays() {
  many_axes t(17);
  ir::linear first{};
  for (int n = 0; n < 17; ++n) { ir::add_term(t.p, first, ir::add_counter(t.p, static_cast<ir::axis_id>(n + 1)), 1); }
  ir::linear const apart = ir::add(t.p, first, first, -1);
  if (apart.terms.empty() || t.p.refused) return false;
  ir::add_linear(t.p, apart);
  return std::string_view(t.p.refused.sentence).starts_with("this operator: an index is a sum of more than 16 loops");
}

TEST_CASE("linear") {
  CHECK_BOTH(sees_through_sums_and_products());
  CHECK_BOTH(leaves_out_what_cancels());
  CHECK_BOTH(keeps_other_values_as_atoms());
  CHECK_BOTH(tells_products_of_counters_apart());
  CHECK_BOTH(adds_sums());
  CHECK_BOTH(writes_back_what_it_read());
  CHECK_BOTH(knows_equal_values());
  CHECK_BOTH(takes_a_sum_that_is_too_long_for_one_value());
  CHECK_BOTH(what_is_not_known_stays());
}
