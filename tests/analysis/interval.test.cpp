#include <tenon/analysis/interval.hpp>

#include "support/both.hpp"
#include "support/programs.hpp"

using namespace tenon;
using analysis::facts;
using analysis::interval;

constexpr interval from_to(std::int64_t least, std::int64_t greatest) { return {{true, least}, {true, greatest}}; }

struct setting {
  programs::maker m{};
  ir::buffer_id x = m.input("x", {9});
  ir::node_id rows = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "M", .bound = 100, .divisor = 4}));
  ir::axis_id i = m.axis(x, "i", 5);
  ir::axis_id j = m.axis(x, "j", 3);
  ir::axis_id r = m.axis(x, "r", rows);
  ir::axis_id tiles = m.axis(x, "t", make(ir::op::floor_div, make(ir::op::add, rows, 11), 12));
  ir::axis_id within = m.axis(x, "w", 12);
  constexpr ir::node_id make(ir::op what, ir::node_id a, ir::node_id b) { return ir::add_index(m.p, what, a, b); }
  constexpr ir::node_id make(ir::op what, ir::node_id a, std::int64_t b) { return ir::add_index(m.p, what, a, b); }
  constexpr ir::node_id at(ir::axis_id a) { return m.at(a); }
  constexpr ir::node_id less(ir::node_id a, ir::node_id b) { return m.binary(ir::op::less, a, b); }
  constexpr interval range(ir::node_id value) { return facts(m.p).range_of(value); }
};

constexpr bool adds_the_ranges_of_counters() {
  setting s{};
  auto const sum = s.make(ir::op::sub, s.make(ir::op::mul, s.at(s.i), 3), s.at(s.j));
  return s.range(sum) == from_to(-2, 12) && s.range(s.make(ir::op::sub, s.at(s.i), s.at(s.i))) == from_to(0, 0);
}
constexpr bool divides() {
  setting s{};
  auto const sum = s.make(ir::op::add, s.make(ir::op::mul, s.at(s.i), 3), s.at(s.j));
  return s.range(s.make(ir::op::floor_div, sum, 4)) == from_to(0, 3) &&
         s.range(s.make(ir::op::floor_mod, sum, 4)) == from_to(0, 3) &&
         s.range(s.make(ir::op::floor_mod, s.at(s.j), 4)) == from_to(0, 2) &&
         s.range(s.make(ir::op::floor_div, s.make(ir::op::sub, s.at(s.j), 1), 2)) == from_to(-1, 0);
}
constexpr bool clamps() {
  setting s{};
  auto const shifted = s.make(ir::op::sub, s.at(s.i), 2);
  auto const clamped =
      s.make(ir::op::min, s.make(ir::op::max, shifted, ir::add_index(s.m.p, 0)), ir::add_index(s.m.p, 1));
  auto const mirrored = s.m.p.add(ir::node{.what = ir::op::absolute, .type = ir::index_type, .a = shifted});
  return s.range(clamped) == from_to(0, 1) && s.range(mirrored) == from_to(0, 2);
}
constexpr bool knows_run_time_extents_by_their_bounds() {
  setting s{};
  facts f{s.m.p};
  f.enter(s.r);
  return f.range_of(s.rows) == from_to(4, 100) && f.always_less(s.at(s.r), s.rows) &&
         s.range(s.rows) == from_to(0, 100) && !f.always_less(s.make(ir::op::add, s.at(s.r), 1), s.rows);
}
constexpr bool uses_conditions() {
  setting s{};
  facts f{s.m.p};
  auto const index = s.make(ir::op::add, s.make(ir::op::mul, s.at(s.tiles), 12), s.at(s.within));
  bool const before = f.always_less(index, s.rows);
  f.assume(s.less(index, s.rows));
  bool const inside = f.always_less(index, s.rows) && f.never_negative(index);
  f.forget(0);
  return !before && inside && !f.always_less(index, s.rows);
}
constexpr bool knows_tiles_of_run_time_extents() {
  setting s{};
  facts f{s.m.p};
  // Rows rounded up to tiles hold every tile; whole tiles of 4 lie inside, for 4 divides the rows.
  auto const index = s.make(ir::op::add, s.make(ir::op::mul, s.at(s.tiles), 12), s.at(s.within));
  auto const padded = s.make(ir::op::mul, s.make(ir::op::floor_div, s.make(ir::op::add, s.rows, 11), 12), 12);
  auto const quarters = s.m.axis(s.x, "q", s.make(ir::op::floor_div, s.rows, 4));
  auto const four = s.m.axis(s.x, "f", 4);
  auto const exact = s.make(ir::op::add, s.make(ir::op::mul, s.at(quarters), 4), s.at(four));
  return f.always_less(index, padded) && f.always_less(exact, s.rows);
}
constexpr bool a_rest_that_runs_has_rows() {
  setting s{};
  facts f{s.m.p};
  auto const last = s.make(ir::op::sub, s.rows, 1);
  auto const rest = s.m.axis(s.x, "rest", s.make(ir::op::min, s.make(ir::op::floor_mod, s.rows, 64), 1));
  auto const other = s.m.axis(s.x, "other", s.make(ir::op::floor_mod, s.make(ir::op::add, s.rows, 1), 64));
  f.enter(other);
  bool const open = !f.never_negative(last);
  f.enter(rest);
  bool const known = f.never_negative(last);
  f.leave(rest);
  return open && known && !f.never_negative(last);
}
constexpr bool knows_fused_run_time_extents() {
  setting s{};
  facts f{s.m.p};
  auto const both = s.m.axis(s.x, "r.j", s.make(ir::op::mul, s.rows, 3));
  return f.always_less(s.make(ir::op::floor_div, s.at(both), 3), s.rows);
}
constexpr bool uses_conditions_on_what_is_divided() {
  setting s{};
  facts f{s.m.p};
  auto const fused = s.make(ir::op::add, s.make(ir::op::mul, s.at(s.i), 8), s.at(s.within));
  f.assume(s.less(fused, ir::add_index(s.m.p, 12)));
  return f.always_less(s.make(ir::op::floor_div, fused, 3), ir::add_index(s.m.p, 4));
}
constexpr bool joins_two_conditions() {
  setting s{};
  facts f{s.m.p};
  f.assume(s.m.binary(ir::op::logical_and, s.less(s.at(s.i), ir::add_index(s.m.p, 3)),
                      s.less(s.at(s.j), ir::add_index(s.m.p, 2))));
  auto const sum = s.make(ir::op::add, s.at(s.i), s.at(s.j));
  return f.always_less(sum, ir::add_index(s.m.p, 4)) && !f.always_less(sum, ir::add_index(s.m.p, 3));
}
constexpr bool turns_conditions_around() {
  setting s{};
  facts f{s.m.p};
  f.assume(s.less(s.at(s.i), ir::add_index(s.m.p, 2)), false);
  return f.range_of(s.at(s.i)) == from_to(2, 4);
}
constexpr bool bounds_small_loaded_integers() {
  setting s{};
  auto const bytes = s.m.tensor("b", element::u8, ir::role::input, {4});
  auto const index = ir::add_cast(s.m.p, ir::index_type, s.m.load(bytes, {s.at(s.j)}));
  return s.range(index) == from_to(0, 255);
}
constexpr bool says_when_it_does_not_know() {
  setting s{};
  auto const free = ir::add_parameter(s.m.p, s.m.p.add(ir::parameter{.name = "N"}));
  return !s.range(free).greatest.known && s.range(free).least.known;
}

constexpr bool notices_what_never_runs() {
  setting s{};
  facts f{s.m.p};
  f.assume(s.less(s.at(s.i), ir::add_index(s.m.p, 5)));
  bool const runs = !f.never_runs();
  f.assume(s.less(ir::add_index(s.m.p, 4), s.at(s.i)));
  bool const never = f.never_runs();
  f.forget(1);
  return runs && never && !f.never_runs();
}

TEST_CASE("interval") {
  CHECK_BOTH(adds_the_ranges_of_counters());
  CHECK_BOTH(divides());
  CHECK_BOTH(clamps());
  CHECK_BOTH(knows_run_time_extents_by_their_bounds());
  CHECK_BOTH(uses_conditions());
  CHECK_BOTH(knows_tiles_of_run_time_extents());
  CHECK_BOTH(a_rest_that_runs_has_rows());
  CHECK_BOTH(knows_fused_run_time_extents());
  CHECK_BOTH(uses_conditions_on_what_is_divided());
  CHECK_BOTH(joins_two_conditions());
  CHECK_BOTH(turns_conditions_around());
  CHECK_BOTH(bounds_small_loaded_integers());
  CHECK_BOTH(notices_what_never_runs());
  CHECK_BOTH(says_when_it_does_not_know());
}
