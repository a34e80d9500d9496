#include <tenon/analysis/coverage.hpp>

#include "support/both.hpp"
#include "support/programs.hpp"

using namespace tenon;
using analysis::answer;

constexpr bool is_covered(ir::program const& p) { return analysis::covers(p).is == answer::yes; }

constexpr bool staged_operators_are_covered() {
  return is_covered(programs::copy(7)) && is_covered(programs::dense_relu(3, 4, 5)) &&
         is_covered(programs::blur(4, 5)) && is_covered(programs::row_argmax(3, 4)) &&
         is_covered(programs::matmul_of_rows(0, 3, 4)) && is_covered(programs::padded_neighbours(5));
}

constexpr bool what_is_not_written_is_named() {
  ir::program p = programs::copy(8);
  p[ir::axis_id{1}].extent = ir::add_index(p, 6);
  return analysis::covers(p).sentence ==
         "y is written at 0..5 of dimension 0, which has 8 elements; let the loops cover all of it";
}
constexpr bool outputs_are_written() {
  ir::program p = programs::copy(8);
  p[p.root].a = p.add(ir::node{.what = ir::op::prefetch, .x = 1});
  return analysis::covers(p).sentence == "y is an output and nothing writes it; compute it or make it an input";
}
constexpr bool a_second_time_is_noticed() {
  ir::program p = programs::copy(8);
  ir::axis_id const j = p.add(ir::axis{.name = "j", .stage = ir::buffer_id{2}, .extent = ir::add_index(p, 3)});
  p.root = ir::add_loop(p, j, p.root);
  return analysis::covers(p).is == answer::no;
}
constexpr bool a_second_time_that_a_condition_keeps_away_is_not() {
  ir::program p = programs::copy(8);
  ir::axis_id const j = p.add(ir::axis{.name = "j", .stage = ir::buffer_id{2}, .extent = ir::add_index(p, 3)});
  p[p[p.root].a].b = ir::add_binary(p, ir::op::less, ir::add_counter(p, j), ir::add_index(p, 1));
  p.root = ir::add_loop(p, j, p.root);
  return analysis::covers(p).is == answer::unknown;
}
constexpr bool a_read_before_the_write_is_refused() {
  ir::program p = programs::blur(4, 5);
  ir::node& block = p[p[p.root].a];
  ir::node_id const first = block.a;
  block.a = block.b;
  block.b = first;
  return analysis::covers(p).sentence == "bx(y, x) is read before anything writes bx; compute it first";
}
constexpr bool a_read_of_too_much_is_refused() {
  ir::program p = programs::blur(4, 5);
  p[ir::axis_id{1}].extent = ir::add_index(p, 5);
  return analysis::covers(p).sentence ==
         "bx(y + 2, x) reads elements of bx that nothing writes; let its loops cover what is read";
}
constexpr bool an_accumulator_starts() {
  ir::program p = programs::matmul(3, 4, 5);
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::store && p[p[id].a].what == ir::op::constant)
      p[id] = {.what = ir::op::prefetch, .x = p[id].x};
  });
  return analysis::covers(p).sentence == "y.sum is read before anything writes y.sum; compute it first";
}

/// y(i) = x(i) by tiles of 4, with a condition for what is behind the end, or with the last tile apart.
constexpr ir::program tiled(int n, bool apart) {
  programs::maker m{};
  auto const x = m.input("x", {n});
  auto const y = m.output("y", {n});
  auto const outer = m.axis(y, "i.outer", apart ? n / 4 : (n + 3) / 4), inner = m.axis(y, "i.inner", 4);
  auto const index = ir::add_index(m.p, ir::op::add, ir::add_index(m.p, ir::op::mul, m.at(outer), 4), m.at(inner));
  auto const inside = m.binary(ir::op::less, index, ir::add_index(m.p, n));
  auto const store = ir::add_store(m.p, m.access(y, {index}), m.load(x, {index}), apart ? ir::node_id::none : inside);
  m.p.root = ir::add_loop(m.p, outer, ir::add_loop(m.p, inner, store));
  if (apart) {
    auto const last = m.axis(y, "i.inner", n % 4);
    auto const rest = ir::add_index(m.p, ir::op::add, m.at(last), n / 4 * 4);
    m.p.root = ir::add_block(m.p, m.p.root,
                             ir::add_loop(m.p, last, ir::add_store(m.p, m.access(y, {rest}), m.load(x, {rest}))));
  }
  return m.p;
}
constexpr bool tiles_cover() {
  return is_covered(tiled(10, false)) && is_covered(tiled(12, false)) && is_covered(tiled(10, true));
}
constexpr bool tiles_with_gaps_do_not() {
  ir::program p = tiled(10, true);
  p[ir::axis_id{3}].extent = ir::add_index(p, 1);
  return analysis::covers(p).sentence == "y: 9 of its 10 elements are written; let the stages cover all of it";
}

TEST_CASE("coverage") {
  CHECK_BOTH(staged_operators_are_covered());
  CHECK_BOTH(what_is_not_written_is_named());
  CHECK_BOTH(outputs_are_written());
  CHECK_BOTH(a_second_time_is_noticed());
  CHECK_BOTH(a_second_time_that_a_condition_keeps_away_is_not());
  CHECK_BOTH(a_read_before_the_write_is_refused());
  CHECK_BOTH(a_read_of_too_much_is_refused());
  CHECK_BOTH(an_accumulator_starts());
  CHECK_BOTH(tiles_cover());
  CHECK_BOTH(tiles_with_gaps_do_not());
}
