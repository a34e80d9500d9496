#include <tenon/lower/hoist_predicates.hpp>

#include <cstdint>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/analysis/bounds.hpp>
#include <tenon/analysis/coverage.hpp>
#include <tenon/lower/compute_at.hpp>
#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/compute_at.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i"), j = loop("j"), k = loop("k");

constexpr int count(ir::program const& p, ir::op what) {
  int found = 0;
  ir::each_statement(p, p.root, [&](ir::node_id n) { found += p[n].what == what ? 1 : 0; });
  return found;
}
constexpr int conditions(ir::program const& p) {
  int found = 0;
  ir::each_statement(
      p, p.root, [&](ir::node_id n) { found += p[n].what == ir::op::store && p[n].b != ir::node_id::none ? 1 : 0; });
  return found;
}

/// Rows in twos, each row a sum of its own.
constexpr ir::program rows(int m) { return lower::split_loop(programs::matmul(m, 4, 6), split(i, 2, tail::guard)); }
/// Two rows at once while k runs.
constexpr ir::program tiles(int m) { return lower::reorder_loops(rows(m), reorder(i.outer, j, k, i.inner)); }

constexpr bool a_row_behind_the_end_is_not_begun() {
  ir::program const p = lower::hoist_predicates(rows(5));
  // The store of the result keeps its condition, those to the sum have none.
  return conditions(rows(5)) == 3 && conditions(p) == 1 && count(p, ir::op::when) == 1 &&
         programs::same_outputs(p, programs::matmul(5, 4, 6));
}

constexpr bool a_tile_that_begins_inside_is_kept() {
  // The last tile has one of its two rows: every tile has work to do, and no `when` is needed.
  ir::program const p = lower::hoist_predicates(tiles(5));
  return count(p, ir::op::when) == 0 && conditions(p) == conditions(tiles(5));
}

constexpr bool tiles_behind_the_end_are_left_out() {
  ir::program p = lower::split_loop(programs::matmul(5, 4, 6), split(i, 8, tail::guard));
  p = lower::split_loop(p, split(i.inner, 2));
  p = lower::reorder_loops(p, reorder(i.outer, i.inner.outer, j, k, i.inner.inner));
  ir::program const hoisted = lower::hoist_predicates(p);
  return count(hoisted, ir::op::when) == 1 && conditions(hoisted) == conditions(p) &&
         programs::same_outputs(hoisted, programs::matmul(5, 4, 6));
}

/// The proofs see through what was moved.
constexpr bool all_is_proved_still() {
  ir::program const p = lower::hoist_predicates(rows(5));
  ir::program at_run_time = lower::split_loop(programs::matmul_of_rows(0, 3, 4), split(i, 8, tail::guard));
  at_run_time = lower::hoist_predicates(lower::split_loop(at_run_time, split(i.inner, 2)));
  return analysis::covers(p).is == analysis::answer::yes && analysis::in_bounds(p).is == analysis::answer::yes &&
         count(at_run_time, ir::op::when) > 0 && analysis::covers(at_run_time).is == analysis::answer::yes &&
         analysis::in_bounds(at_run_time).is == analysis::answer::yes;
}

constexpr bool a_tail_of_terms_stays() {
  ir::program const p = lower::split_loop(programs::matmul(2, 4, 7), split(k, 4, tail::guard));
  return lower::hoist_predicates(p) == p;
}

constexpr bool without_conditions_nothing_changes() {
  return lower::hoist_predicates(programs::matmul(2, 4, 7)) == programs::matmul(2, 4, 7);
}

/// An iteration that fills another row of a temporary has to run.
constexpr bool what_else_is_stored_keeps_the_iteration() {
  ir::program p = rows(5);
  ir::each_statement(ir::program(p), p.root, [&](ir::node_id n) {
    if (p[n].what == ir::op::store && p[p[p[n].access()].of].use == ir::role::output) p[n].b = ir::node_id::none;
  });
  return count(lower::hoist_predicates(p), ir::op::when) == 0;
}

/// The loop over the part is left out as a whole where that is found out by a division.
constexpr bool divides_by_nothing_that_is_0() {
  ir::program const plain = programs::wrapped_at_run_time();
  ir::program const placed = lower::compute_at(plain, compute_at(tensor_name{"t"}, loop("y", "j")));
  ir::program const p = lower::hoist_predicates(placed);
  bool same = count(p, ir::op::when) == 1;
  for (std::int64_t m : {0, 2, 5}) same &= programs::same_outputs(p, plain, {m});
  return same;
}

}  // namespace

TEST_CASE("hoist_predicates") {
  CHECK_BOTH(a_row_behind_the_end_is_not_begun());
  CHECK_BOTH(a_tile_that_begins_inside_is_kept());
  CHECK_BOTH(tiles_behind_the_end_are_left_out());
  CHECK_BOTH(all_is_proved_still());
  CHECK_BOTH(a_tail_of_terms_stays());
  CHECK_BOTH(without_conditions_nothing_changes());
  CHECK_BOTH(what_else_is_stored_keeps_the_iteration());
  CHECK_BOTH(divides_by_nothing_that_is_0());
}
