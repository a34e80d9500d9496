#include <tenon/analysis/cost.hpp>

#include "support/both.hpp"
#include "support/programs.hpp"

using namespace tenon;
using analysis::cost;

constexpr bool counts_operations() {
  return analysis::cost_of(programs::matmul(3, 4, 5)).flops == 2 * 3 * 4 * 5 &&
         analysis::cost_of(programs::dense_relu(3, 4, 5)).flops == 2 * 3 * 4 * 5 + 2 * 3 * 4 &&
         analysis::cost_of(programs::copy(9)).flops == 0;
}
constexpr bool counts_each_element_once() {
  cost const c = analysis::cost_of(programs::matmul(3, 4, 5));
  return c.arguments[1].read == 4 * 15 && c.arguments[2].read == 4 * 20 && c.arguments[3].written == 4 * 12 &&
         c.arguments[1].written == 0 && c.bytes() == 4 * 47 && c.complete;
}
constexpr bool counts_only_what_is_touched() {
  programs::maker m{};
  auto const x = m.input("x", {20});
  auto const y = m.output("y", {4});
  auto const i = m.axis(y, "i", 4);
  m.stage(y, {i}, m.load(x, {ir::add_index(m.p, ir::op::add, m.at(i), 3)}));
  return analysis::cost_of(m.done()).arguments[1].read == 4 * 4;
}
constexpr bool takes_run_time_extents_at_their_bounds() {
  cost const bounded = analysis::cost_of(programs::matmul_of_rows(8, 3, 4));
  return bounded.flops == 2 * 8 * 3 * 4 && bounded.complete &&
         !analysis::cost_of(programs::matmul_of_rows(0, 3, 4)).complete;
}
constexpr bool counts_vectors_in_registers() {
  programs::maker m{};
  auto const x = m.input("x", {64});
  auto const y = m.output("y", {32});
  auto const t = m.temporary("t", {4, 32});
  auto const i = m.axis(y, "i", 4), j = m.axis(y, "j", 32);
  auto const cell = m.access(t, {m.at(i), m.at(j)});
  auto const body = ir::add_store(m.p, cell, m.load(x, {m.at(j)}));
  m.p[j].kind = ir::loop_kind::vectorized;
  m.p[t].where = ir::memory::registers;
  m.p.root = ir::add_allocate(m.p, t, ir::add_loop(m.p, i, ir::add_loop(m.p, j, body)));
  return analysis::cost_of(m.p, 64).registers == 4 * 2 + 2 && analysis::cost_of(m.p, 32).registers == 4 * 4 + 4;
}
constexpr bool counts_memory_of_ours() {
  ir::program p = programs::blur(4, 5);
  p[ir::buffer_id{3}].where = ir::memory::workspace;
  cost const shared = analysis::cost_of(p);
  p[ir::buffer_id{3}].where = ir::memory::stack;
  return shared.workspace == 6 * 5 * 4 && shared.stack == 0 && analysis::cost_of(p).stack == 6 * 5 * 4;
}
constexpr bool counts_what_caches_cannot_hold() {
  analysis::machine small{};
  small.caches[0] = 600;
  // Rows of y and x stay; w, 1600 bytes, comes again for each of the 10 rows.
  cost const c = analysis::cost_of(programs::matmul(10, 20, 20), small);
  return c.traffic[0] >= 10 * 20 * 20 * 4 && c.traffic[2] == 4 * (10 * 20 + 20 * 20 + 10 * 20) + 4;
}

TEST_CASE("cost") {
  CHECK_BOTH(counts_operations());
  CHECK_BOTH(counts_each_element_once());
  CHECK_BOTH(counts_only_what_is_touched());
  CHECK_BOTH(takes_run_time_extents_at_their_bounds());
  CHECK_BOTH(counts_vectors_in_registers());
  CHECK_BOTH(counts_memory_of_ours());
  CHECK_BOTH(counts_what_caches_cannot_hold());
}
