#include <tenon/analysis/box.hpp>

#include "support/both.hpp"
#include "support/programs.hpp"

using namespace tenon;
using analysis::box;

/// y(i * 4 + j) with i below 3 and j below `inner`, of 12 elements.
struct tiles {
  programs::maker m{};
  ir::buffer_id y = m.output("y", {12});
  ir::axis_id i = m.axis(y, "i", 3);
  ir::axis_id j{};
  ir::node_id index{};
  constexpr explicit tiles(int inner) : j(m.axis(y, "j", inner)) {
    index = ir::add_index(m.p, ir::op::add, ir::add_index(m.p, ir::op::mul, m.at(i), 4), m.at(j));
  }
  constexpr box of(bool i_runs, bool j_runs, ir::node_id condition = ir::node_id::none) {
    ir::uses running{};
    if (i_runs) running.add(i);
    if (j_runs) running.add(j);
    return analysis::box_of(m.p, ir::add_store(m.p, m.access(y, {index}), m.number(1), condition), running);
  }
};

constexpr bool counts_in_digits() {
  tiles t(4);
  box const all = t.of(true, true);
  return all.clear && all.once && all.low[0] == ir::linear{} && all.end[0] == ir::linear{.constant = 12} &&
         !tiles(3).of(true, true).clear;
}
constexpr bool keeps_the_counters_that_stand_still() {
  tiles t(4);
  box const one = t.of(false, true);
  return one.clear && ir::factor_of(t.m.p, one.low[0], t.i) == 4 &&
         ir::add(t.m.p, one.end[0], one.low[0], -1) == ir::linear{.constant = 4};
}
constexpr bool ends_where_a_condition_says() {
  tiles t(4);
  ir::node_id const below_ten = t.m.binary(ir::op::less, t.index, ir::add_index(t.m.p, 10));
  ir::node_id const below_forty = t.m.binary(ir::op::less, t.index, ir::add_index(t.m.p, 40));
  ir::node_id const other = t.m.binary(ir::op::less, t.m.at(t.j), ir::add_index(t.m.p, 2));
  return t.of(true, true, below_ten).end[0] == ir::linear{.constant = 10} &&
         t.of(true, true, below_forty).end[0] == ir::linear{.constant = 12} && !t.of(true, true, other).clear;
}
constexpr bool notices_loops_that_repeat() {
  tiles t(4);
  ir::axis_id const again = t.m.axis(t.y, "again", 2);
  ir::uses running{};
  running.add(t.i);
  running.add(t.j);
  running.add(again);
  box const twice = analysis::box_of(t.m.p, ir::add_store(t.m.p, t.m.access(t.y, {t.index}), t.m.number(1)), running);
  return twice.clear && !twice.once && twice.again == again;
}

TEST_CASE("box") {
  CHECK_BOTH(counts_in_digits());
  CHECK_BOTH(keeps_the_counters_that_stand_still());
  CHECK_BOTH(ends_where_a_condition_says());
  CHECK_BOTH(notices_loops_that_repeat());
}
