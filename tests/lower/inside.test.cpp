#include <tenon/lower/inside.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

using namespace tenon;

namespace {

constexpr bool counters_end_before_their_extent() {
  programs::maker m{};
  auto const y = m.output("y", {12});
  auto const outer = m.at(m.axis(y, "i.outer", 3)), inner = m.at(m.axis(y, "i.inner", 4));
  auto const index = ir::add_index(m.p, ir::op::add, ir::add_index(m.p, ir::op::mul, outer, 4), inner);
  auto const before = ir::add_index(m.p, ir::op::sub, index, 1);
  return lower::greatest_of(m.p, index) == 11 && lower::least_of(m.p, before) == -1 &&
         lower::always_below(m.p, index, m.p[y].extents[0]) && !lower::never_negative(m.p, before) &&
         !lower::always_below(m.p, ir::add_index(m.p, ir::op::add, index, 1), m.p[y].extents[0]);
}

constexpr bool tiles_of_a_run_time_extent_are_inside_where_they_divide_it() {
  programs::maker m{};
  auto const rows = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "M"}));
  auto const y = m.tensor("y", element::f32, ir::role::output, {rows});
  auto const tiles = m.axis(y, "i.outer", ir::add_index(m.p, ir::op::floor_div, rows, 4));
  auto const more = ir::add_index(m.p, ir::op::floor_div, ir::add_index(m.p, ir::op::add, rows, 3), 4);
  auto const guarded_tiles = m.axis(y, "i.outer", more);
  auto const inner = m.at(m.axis(y, "i.inner", 4));
  auto const index_in = [&](ir::axis_id outer) {
    return ir::add_index(m.p, ir::op::add, ir::add_index(m.p, ir::op::mul, m.at(outer), 4), inner);
  };
  return lower::always_below(m.p, index_in(tiles), rows) && !lower::always_below(m.p, index_in(guarded_tiles), rows);
}

constexpr bool a_run_time_extent_may_be_0_where_no_loop_counts_in_it() {
  programs::maker m{};
  auto const rows = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "M", .divisor = 4}));
  auto const y = m.tensor("y", element::f32, ir::role::output, {rows});
  auto const k = m.at(m.axis(y, "k", 3)), i = m.at(m.axis(y, "i", rows));
  auto const last = ir::add_index(m.p, ir::op::sub, rows, 1);
  auto const clamped = [&](ir::node_id index) { return ir::add_index(m.p, ir::op::min, index, last); };
  return !lower::always_below(m.p, k, rows) && !lower::never_negative(m.p, clamped(k)) &&
         lower::never_negative(m.p, clamped(i)) && lower::least_of(m.p, rows) == 0;
}

constexpr bool a_condition_says_only_what_is_not_known() {
  programs::maker m{};
  auto const x = m.input("x", {4, 4});
  auto const i = m.at(m.axis(x, "i", 4));
  ir::access const a{.of = x, .rank = 2, .at = {i, ir::add_index(m.p, ir::op::sub, i, 1)}};
  ir::node_id const condition = lower::inside_condition(m.p, a);
  return m.p[condition].what == ir::op::less_equal && m.p[condition].b == a.at[1];
}

constexpr bool what_divides_by_a_run_time_extent_asks_first_whether_that_is_0() {
  programs::maker m{};
  auto const rows = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "M"}));
  auto const y = m.tensor("y", element::f32, ir::role::output, {rows});
  auto const k = m.at(m.axis(y, "k", 3)), i = m.at(m.axis(y, "i", rows));
  auto const rest = [&](ir::node_id of) { return ir::add_index(m.p, ir::op::floor_mod, of, rows); };
  ir::node_id const asked = lower::add_defined(m.p, ir::node_id::none, rest(rest(k)));
  return m.p[asked].what == ir::op::not_equal && m.p[asked].a == rows &&
         lower::add_defined(m.p, asked, rest(k)) == asked &&
         // Where i counts, M is at least 1.
         lower::add_defined(m.p, ir::node_id::none, rest(i)) == ir::node_id::none;
}

}  // namespace

TEST_CASE("inside") {
  CHECK_BOTH(counters_end_before_their_extent());
  CHECK_BOTH(tiles_of_a_run_time_extent_are_inside_where_they_divide_it());
  CHECK_BOTH(a_run_time_extent_may_be_0_where_no_loop_counts_in_it());
  CHECK_BOTH(a_condition_says_only_what_is_not_known());
  CHECK_BOTH(what_divides_by_a_run_time_extent_asks_first_whether_that_is_0());
}
