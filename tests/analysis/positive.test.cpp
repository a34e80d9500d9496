#include <tenon/analysis/positive.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

using namespace tenon;

namespace {

struct setting {
  programs::maker m{};
  ir::buffer_id y = m.output("y", {8});
  ir::parameter_id rows = m.p.add(ir::parameter{.name = "M"});
  ir::parameter_id columns = m.p.add(ir::parameter{.name = "N"});
  ir::node_id M = ir::add_parameter(m.p, rows);
  ir::node_id N = ir::add_parameter(m.p, columns);

  constexpr ir::node_id make(ir::op what, ir::node_id a, ir::node_id b) { return ir::add_index(m.p, what, a, b); }
  constexpr ir::node_id make(ir::op what, ir::node_id a, std::int64_t b) { return ir::add_index(m.p, what, a, b); }
  /// Whether M is at least 1 inside of a loop of that extent.
  constexpr bool runs_with(ir::node_id extent) {
    analysis::positive known{};
    known.enter(m.p, m.axis(y, "i", extent));
    return known[rows];
  }
};

constexpr bool a_loop_that_runs_has_an_extent() {
  setting s{};
  ir::node_id const tiles = s.make(ir::op::floor_div, s.make(ir::op::add, s.M, 7), 8);
  return s.runs_with(s.M) && s.runs_with(tiles) && s.runs_with(s.make(ir::op::floor_mod, s.M, 8)) &&
         s.runs_with(s.make(ir::op::sub, s.M, 2)) &&
         s.runs_with(s.make(ir::op::max, s.make(ir::op::sub, s.M, 2), std::int64_t{0})) &&
         s.runs_with(s.make(ir::op::min, s.M, 4)) && s.runs_with(s.make(ir::op::mul, s.N, tiles));
}
constexpr bool a_loop_that_runs_anyway_says_nothing() {
  setting s{};
  return !s.runs_with(ir::add_index(s.m.p, 4)) && !s.runs_with(s.N) && !s.runs_with(s.make(ir::op::add, s.M, 1)) &&
         !s.runs_with(s.make(ir::op::floor_div, s.make(ir::op::add, s.M, 8), 8)) &&
         !s.runs_with(s.make(ir::op::max, s.M, 1)) &&
         !s.runs_with(s.make(ir::op::mul, s.make(ir::op::sub, s.M, 1), s.make(ir::op::sub, s.N, 1)));
}
constexpr bool an_index_is_needed_where_its_loops_run() {
  setting s{};
  ir::node_id const i = s.m.at(s.m.axis(s.y, "i", s.M)), j = s.m.at(s.m.axis(s.y, "j", 8));
  analysis::positive of_both{}, of_one{};
  of_both.note(s.m.p, s.make(ir::op::min, s.make(ir::op::add, i, j), 3));
  of_one.note(s.m.p, s.make(ir::op::sub, s.M, j));
  return of_both[s.rows] && !of_both[s.columns] && !of_one[s.rows];
}

}  // namespace

TEST_CASE("positive") {
  CHECK_BOTH(a_loop_that_runs_has_an_extent());
  CHECK_BOTH(a_loop_that_runs_anyway_says_nothing());
  CHECK_BOTH(an_index_is_needed_where_its_loops_run());
}
