#include <tenon/lower/relax_predicates.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/cache_buffer.hpp>
#include <tenon/lower/carry_reduction.hpp>
#include <tenon/lower/mark_loop.hpp>
#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/cache.hpp>
#include <tenon/schedule/carry.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/split.hpp>
#include <tenon/schedule/unroll.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i"), j = loop("j"), k = loop("k");
constexpr tensor_name x{"x"}, w{"w"};

/// Tiles of 2 x 4, the sum of a tile taken at once; guards at every edge.
constexpr ir::program tiled(ir::program p) {
  p = lower::split_loop(p, split(i, 2, tail::guard));
  p = lower::split_loop(p, split(j, 4, tail::guard));
  return lower::reorder_loops(p, reorder(i.outer, j.outer, k, i.inner, j.inner));
}

/// Both operands packed.
constexpr ir::program packed(ir::program p) {
  p = lower::cache_buffer(tiled(p), cache(w, i.outer, order(j.outer, k, j.inner)));
  return lower::cache_buffer(p, cache(x, i.outer, order(k, i.inner)));
}

constexpr int conditions(ir::program const& p, bool of_temporaries) {
  int count = 0;
  ir::each_statement(p, p.root, [&](ir::node_id n) {
    if (p[n].what != ir::op::store || p[n].b == ir::node_id::none) return;
    count += (p[p[p[n].access()].of].use == ir::role::temporary) == of_temporaries;
  });
  return count;
}

constexpr bool sums_of_packed_tiles_need_no_condition() {
  ir::program const p = lower::relax_predicates(packed(programs::dense_relu(3, 6, 4)));
  return conditions(p, true) == 0 && conditions(p, false) == 1 &&
         programs::same_outputs(p, programs::dense_relu(3, 6, 4));
}

constexpr bool sums_of_plain_tiles_keep_theirs() {
  ir::program const p = lower::relax_predicates(tiled(programs::matmul(3, 6, 4)));
  return conditions(p, true) > 0 && programs::same_outputs(p, programs::matmul(3, 6, 4));
}

/// Rows at the end of a written-out tile are computed from the last row again.
constexpr bool unrolled_rows_need_no_condition() {
  ir::program p = lower::split_loop(programs::matmul(3, 8, 4), split(i, 2, tail::guard));
  p = lower::reorder_loops(p, reorder(i.outer, k, i.inner, j));
  bool const before = conditions(lower::relax_predicates(p), true) == 1;
  p = lower::relax_predicates(lower::mark_loop(p, unroll(i.inner)));
  return before && conditions(p, true) == 0 && conditions(p, false) == 1 &&
         programs::same_outputs(p, programs::matmul(3, 8, 4));
}

/// The rows that are left over are in a copy of the nest that runs only if there are some.
constexpr bool unrolled_rows_at_run_time_need_no_condition() {
  ir::program const rows = programs::matmul_of_rows(16, 2, 2);
  ir::program p = lower::split_loop(rows, split(i, 2, tail::peel));
  p = lower::reorder_loops(p, reorder(i.outer, k, i.inner, j));
  p = lower::relax_predicates(lower::mark_loop(p, unroll(i.inner)));
  bool same = true;
  for (std::int64_t m : {0, 3}) same &= programs::same_outputs(p, rows, {m});
  return same && conditions(p, true) == 0;
}

constexpr bool carried_sums_need_no_condition() {
  ir::program p = lower::split_loop(programs::dense_relu(3, 6, 6), split(k, 3));
  p = lower::split_loop(p, split(i, 2, tail::guard));
  p = lower::split_loop(p, split(j, 4, tail::guard));
  p = lower::reorder_loops(p, reorder(i.outer, j.outer, k.outer, k.inner, i.inner, j.inner));
  p = lower::carry_reduction(p, carry(k.outer, i.outer));
  p = lower::cache_buffer(p, cache(w, k.outer, order(j.outer, k.inner, j.inner)));
  p = lower::cache_buffer(p, cache(x, i.outer, order(k.inner, i.inner)));
  p = lower::relax_predicates(p);
  return !p.refused && conditions(p, true) == 0 && programs::same_outputs(p, programs::dense_relu(3, 6, 6));
}

/// The sums of each turn of k begin with those of the turn before, from a cache that is written whole only when they are done.
constexpr bool sums_that_go_on_ask_what_was_written() {
  programs::maker m{};
  auto const in = m.input("x", {2});
  auto const out = m.output("y", {2});
  auto const s = m.temporary("s", {2});
  auto const a = m.axis(s, "i", 2), b = m.axis(s, "k", 2), c = m.axis(s, "m", 3), d = m.axis(out, "i", 2);
  m.stage(s, {a}, m.sum(s, {b, c}, m.load(in, {m.at(a)})));
  m.stage(out, {d}, m.load(s, {m.at(d)}));
  ir::program const plain = m.done();
  auto const rows = loop("s", "i");
  ir::program p = lower::carry_reduction(plain, carry(k, rows));
  p = lower::cache_buffer(p, cache(tensor_name{"s"}, k, order(rows)));
  p = lower::split_loop(p, split(rows, 8, tail::pad));
  return !p.refused && programs::same_outputs(lower::relax_predicates(p), plain);
}

constexpr bool a_tail_of_terms_keeps_its_condition() {
  ir::program p = lower::split_loop(programs::matmul(2, 4, 7), split(k, 4, tail::guard));
  p = lower::reorder_loops(p, reorder(k.outer, k.inner, i, j));
  p = lower::relax_predicates(p);
  return conditions(p, true) == 1 && programs::same_outputs(p, programs::matmul(2, 4, 7));
}

constexpr bool what_others_read_stays_guarded() {
  ir::program const p = lower::split_loop(programs::blur(4, 5), split(loop("bx", "x"), 2, tail::guard));
  return conditions(lower::relax_predicates(p), true) == conditions(p, true);
}

}  // namespace

TEST_CASE("relax_predicates") {
  CHECK_BOTH(sums_of_packed_tiles_need_no_condition());
  CHECK_BOTH(sums_of_plain_tiles_keep_theirs());
  CHECK_BOTH(unrolled_rows_need_no_condition());
  CHECK_BOTH(unrolled_rows_at_run_time_need_no_condition());
  CHECK_BOTH(carried_sums_need_no_condition());
  CHECK_BOTH(sums_that_go_on_ask_what_was_written());
  CHECK_BOTH(a_tail_of_terms_keeps_its_condition());
  CHECK_BOTH(what_others_read_stays_guarded());
}
