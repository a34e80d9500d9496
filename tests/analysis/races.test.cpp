#include <tenon/analysis/races.hpp>

#include <string_view>

#include "support/both.hpp"
#include "support/programs.hpp"

using namespace tenon;

constexpr ir::program in_parallel(ir::program p, int axis) {
  p[static_cast<ir::axis_id>(axis)].kind = ir::loop_kind::parallel;
  return p;
}
constexpr bool is_free_of_races(ir::program const& p) { return !analysis::races(p); }

constexpr bool rows_are_free() {
  return is_free_of_races(in_parallel(programs::copy(8), 1)) &&
         is_free_of_races(in_parallel(programs::dense_relu(3, 4, 5), 1)) &&
         is_free_of_races(in_parallel(programs::dense_relu(3, 4, 5), 2)) &&
         is_free_of_races(in_parallel(programs::row_argmax(3, 4), 1)) &&
         is_free_of_races(in_parallel(programs::matmul_of_rows(0, 3, 4), 1));
}
constexpr bool stages_are_free() {
  return is_free_of_races(in_parallel(programs::blur(4, 5), 1)) &&
         is_free_of_races(in_parallel(programs::blur(4, 5), 3));
}
constexpr bool a_reduction_is_not() {
  return analysis::races(in_parallel(programs::matmul(3, 4, 5), 3)).sentence ==
         "parallel(k): all iterations write y.sum; run another loop in parallel, or rfactor(k) first";
}

/// y(i * by + j) = x(i * by + j), j below 4
constexpr ir::program tiles(int by) {
  programs::maker m{};
  auto const x = m.input("x", {40});
  auto const y = m.output("y", {40});
  auto const i = m.axis(y, "i", 5), j = m.axis(y, "j", 4);
  auto const index = ir::add_index(m.p, ir::op::add, ir::add_index(m.p, ir::op::mul, m.at(i), by), m.at(j));
  auto const store = ir::add_store(m.p, m.access(y, {index}), m.load(x, {index}));
  m.p.root = ir::add_loop(m.p, i, ir::add_loop(m.p, j, store));
  return m.p;
}
constexpr bool tiles_must_not_overlap() {
  return is_free_of_races(in_parallel(tiles(4), 1)) && is_free_of_races(in_parallel(tiles(5), 1)) &&
         analysis::races(in_parallel(tiles(3), 1)).sentence ==
             "parallel(i): two iterations may write the same element y(i * 3 + j); run another loop in parallel";
}

/// y(i) = y(i - by): what was written before is read.
constexpr ir::program running(int by) {
  programs::maker m{};
  auto const y = m.output("y", {10});
  auto const i = m.axis(y, "i", 10);
  auto const before = ir::add_index(m.p, ir::op::add, m.at(i), -by);
  m.stage(y, {i}, m.binary(ir::op::add, m.load_or(y, {before}, m.number(0)), m.number(1)));
  return in_parallel(m.done(), 1);
}
constexpr bool iterations_do_not_read_each_other() {
  return analysis::races(running(1)).sentence == "parallel(i): an iteration reads y(i - 1), which another one writes; "
                                                 "compute y before the loop or inside it" &&
         is_free_of_races(running(0));
}

/// y(f / 5, f % 5) = x(f / 5, f % 5): two loops fused, then split again by `inner`.
constexpr ir::program fused(int inner) {
  programs::maker m{};
  auto const x = m.input("x", {4, 5});
  auto const y = m.output("y", {4, 5});
  auto const f = m.axis(y, "f.outer", 20 / inner), g = m.axis(y, "f.inner", inner);
  auto const both = ir::add_index(m.p, ir::op::add, ir::add_index(m.p, ir::op::mul, m.at(f), inner), m.at(g));
  auto const row = ir::add_index(m.p, ir::op::floor_div, both, 5),
             column = ir::add_index(m.p, ir::op::floor_mod, both, 5);
  auto const store = ir::add_store(m.p, m.access(y, {row, column}), m.load(x, {row, column}));
  m.p.root = ir::add_loop(m.p, f, ir::add_loop(m.p, g, store));
  return in_parallel(m.p, 1);
}
constexpr bool fused_loops_are_free() { return is_free_of_races(fused(1)) && is_free_of_races(fused(4)); }

/// y(o * 4 + i), o below 3 inside of i below `n`: rows between rows.
constexpr ir::program interleaved(int n) {
  programs::maker m{};
  auto const x = m.input("x", {20});
  auto const y = m.output("y", {20});
  auto const i = m.axis(y, "i", n), o = m.axis(y, "o", 3);
  auto const index = ir::add_index(m.p, ir::op::add, ir::add_index(m.p, ir::op::mul, m.at(o), 4), m.at(i));
  auto const store = ir::add_store(m.p, m.access(y, {index}), m.load(x, {index}));
  m.p.root = ir::add_loop(m.p, i, ir::add_loop(m.p, o, store));
  return in_parallel(m.p, 1);
}
constexpr bool rows_between_rows_are_free() {
  return is_free_of_races(interleaved(4)) && !is_free_of_races(interleaved(5));
}

/// y(3) = x(3) in a loop that runs min(M, most) times.
constexpr ir::program at_most(int most) {
  programs::maker m{};
  auto const rows = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "M"}));
  auto const x = m.input("x", {4});
  auto const y = m.output("y", {4});
  auto const i = m.axis(y, "i", ir::add_index(m.p, ir::op::min, rows, most));
  auto const place = ir::add_index(m.p, 3);
  m.p.root = ir::add_loop(m.p, i, ir::add_store(m.p, m.access(y, {place}), m.load(x, {place})));
  return in_parallel(m.p, 1);
}
constexpr bool what_runs_once_meets_nobody() { return is_free_of_races(at_most(1)) && !is_free_of_races(at_most(2)); }

/// y(i * 3 + j) with j below 8, only where j is below `n`.
constexpr ir::program guarded_tiles(int n) {
  programs::maker m{};
  auto const x = m.input("x", {30});
  auto const y = m.output("y", {30});
  auto const i = m.axis(y, "i", 5), j = m.axis(y, "j", 8);
  auto const index = ir::add_index(m.p, ir::op::add, ir::add_index(m.p, ir::op::mul, m.at(i), 3), m.at(j));
  auto const inside = m.binary(ir::op::less, m.at(j), ir::add_index(m.p, n));
  auto const store = ir::add_store(m.p, m.access(y, {index}), m.load(x, {index}), inside);
  m.p.root = ir::add_loop(m.p, i, ir::add_loop(m.p, j, store));
  return in_parallel(m.p, 1);
}
constexpr bool conditions_keep_tiles_apart() {
  return is_free_of_races(guarded_tiles(3)) && !is_free_of_races(guarded_tiles(4));
}

constexpr bool what_lives_inside_is_private() {
  programs::maker m{};
  auto const x = m.input("x", {4});
  auto const y = m.output("y", {4});
  auto const t = m.temporary("t", {1});
  auto const i = m.axis(y, "i", 4);
  auto const zero = ir::add_index(m.p, 0);
  auto const fill = ir::add_store(m.p, m.access(t, {zero}), m.load(x, {m.at(i)}));
  auto const body = ir::add_block(m.p, fill, ir::add_store(m.p, m.access(y, {m.at(i)}), m.load(t, {zero})));
  ir::program p = m.p;
  p.root = ir::add_loop(p, i, ir::add_allocate(p, t, body));
  ir::program shared = m.p;
  shared.root = ir::add_allocate(shared, t, ir::add_loop(shared, i, body));
  return is_free_of_races(in_parallel(p, 1)) && !is_free_of_races(in_parallel(shared, 1));
}

/// y(i) = x(i) + x(i + 1), but into x: each thread reads what the next one writes.
constexpr bool one_loop_is_asked_about_whatever_its_kind() {
  programs::maker m{};
  auto const x = m.tensor("x", element::f32, ir::role::updated, {5});
  auto const i = m.axis(x, "i", 4);
  auto const next = ir::add_index(m.p, ir::op::add, m.at(i), 1);
  m.p[i].kind = ir::loop_kind::virtual_thread;
  m.p.root = ir::add_loop(m.p, i, ir::add_store(m.p, m.access(x, {m.at(i)}), m.load(x, {next})));
  return !analysis::races(m.p) && analysis::races(m.p, m.p.root).sentence ==
                                      "virtual_thread(i): an iteration reads x(i + 1), which another one writes; "
                                      "compute x before the loop or inside it";
}
constexpr bool threads_of_a_block_are_held_to_the_same() {
  ir::program p = programs::dense_relu(4, 4, 4);
  ir::program rows = p;
  for (ir::axis& a : rows.axes) a.kind = a.name == label("i") ? ir::loop_kind::thread_x : a.kind;
  for (ir::axis& a : p.axes) a.kind = a.name == label("k") ? ir::loop_kind::thread_x : a.kind;
  text const why = analysis::races(p).sentence;
  return is_free_of_races(rows) && std::string_view(why).starts_with("bind(k, thread_x): all iterations write y.sum");
}

TEST_CASE("races") {
  CHECK_BOTH(one_loop_is_asked_about_whatever_its_kind());
  CHECK_BOTH(rows_are_free());
  CHECK_BOTH(threads_of_a_block_are_held_to_the_same());
  CHECK_BOTH(stages_are_free());
  CHECK_BOTH(a_reduction_is_not());
  CHECK_BOTH(tiles_must_not_overlap());
  CHECK_BOTH(iterations_do_not_read_each_other());
  CHECK_BOTH(fused_loops_are_free());
  CHECK_BOTH(rows_between_rows_are_free());
  CHECK_BOTH(what_runs_once_meets_nobody());
  CHECK_BOTH(conditions_keep_tiles_apart());
  CHECK_BOTH(what_lives_inside_is_private());
}
