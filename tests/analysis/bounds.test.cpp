#include <tenon/analysis/bounds.hpp>

#include "support/both.hpp"
#include "support/programs.hpp"

using namespace tenon;
using analysis::answer;

constexpr bool is_proved(ir::program const& p) { return analysis::in_bounds(p).is == answer::yes; }

constexpr bool proves_plain_operators() {
  return is_proved(programs::copy(7)) && is_proved(programs::dense_relu(3, 4, 5)) && is_proved(programs::blur(5, 6)) &&
         is_proved(programs::row_argmax(3, 4)) && is_proved(programs::transposed(3, 5));
}
constexpr bool proves_guarded_reads() { return is_proved(programs::padded_neighbours(6)); }
constexpr bool proves_run_time_extents() { return is_proved(programs::matmul_of_rows(0, 3, 4)); }

/// y(i) = x(i + by), over n elements of each
constexpr ir::program shifted(int n, int by) {
  programs::maker m{};
  auto const x = m.input("x", {n});
  auto const y = m.output("y", {n});
  auto const i = m.axis(y, "i", n);
  m.stage(y, {i}, m.load(x, {ir::add_index(m.p, ir::op::add, m.at(i), by)}));
  return m.done();
}
constexpr bool refuses_what_goes_too_far() {
  return analysis::out_of_bounds(shifted(12, 1)).sentence ==
             "x(i + 1): i + 1 reaches 12, and dimension 0 of x has 12 elements; guard the read or state a boundary" &&
         analysis::out_of_bounds(shifted(12, -1)).sentence ==
             "x(i - 1): i - 1 falls to -1, and dimension 0 of x has 12 elements; guard the read or state a boundary";
}
constexpr bool refuses_a_write_outside() {
  ir::program p = programs::copy(4);
  p[ir::axis_id{1}].extent = ir::add_index(p, 5);
  p[ir::buffer_id{1}].extents[0] = ir::add_index(p, 5);
  return analysis::out_of_bounds(p).sentence ==
         "y(i): i reaches 4, and dimension 0 of y has 4 elements; let the loops run less far";
}

/// y(i) = x(i + 1), both of M elements
constexpr bool refuses_what_goes_too_far_for_every_extent() {
  programs::maker m{};
  auto const rows = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "M"}));
  auto const x = m.tensor("x", element::f32, ir::role::input, {rows});
  auto const y = m.tensor("y", element::f32, ir::role::output, {rows});
  auto const i = m.axis(y, "i", rows);
  m.stage(y, {i}, m.load(x, {ir::add_index(m.p, ir::op::add, m.at(i), 1)}));
  return analysis::out_of_bounds(m.done()).sentence ==
         "x(i + 1): i + 1 reaches M, and dimension 0 of x has M elements; guard the read or state a boundary";
}

/// y(i) = x(table(i)), the table holding any int32
constexpr ir::program gather(bool clamped) {
  programs::maker m{};
  auto const x = m.input("x", {8});
  auto const table = m.tensor("table", element::i32, ir::role::input, {4});
  auto const y = m.output("y", {4});
  auto const i = m.axis(y, "i", 4);
  ir::node_id index = ir::add_cast(m.p, ir::index_type, m.load(table, {m.at(i)}));
  if (clamped) index = ir::add_index(m.p, ir::op::min, ir::add_index(m.p, ir::op::max, index, 0), 7);
  m.stage(y, {i}, m.load(x, {index}));
  return m.done();
}
constexpr bool asks_for_the_range_of_a_loaded_index() {
  return is_proved(gather(true)) && analysis::in_bounds(gather(false)).is == answer::unknown &&
         analysis::out_of_bounds(gather(false)).sentence ==
             "x(table(i)): it is not proved that table(i) stays below 8, the extent of dimension 0 of x; state its "
             "range, or guard the read";
}

/// The nest over i in two: i.outer * 4 + i.inner for 10 elements, with or without a condition at its store.
constexpr ir::program tiled(bool guarded) {
  programs::maker m{};
  auto const x = m.input("x", {10});
  auto const y = m.output("y", {10});
  auto const outer = m.axis(y, "i.outer", 3), inner = m.axis(y, "i.inner", 4);
  auto const index = ir::add_index(m.p, ir::op::add, ir::add_index(m.p, ir::op::mul, m.at(outer), 4), m.at(inner));
  auto const condition = m.binary(ir::op::less, index, ir::add_index(m.p, 10));
  auto const store =
      ir::add_store(m.p, ir::add_access(m.p, y, {index}), m.load(x, {index}), guarded ? condition : ir::node_id::none);
  m.p.root = ir::add_loop(m.p, outer, ir::add_loop(m.p, inner, store));
  return m.p;
}
constexpr bool believes_the_conditions_of_stores() {
  return is_proved(tiled(true)) && analysis::in_bounds(tiled(false)).is == answer::no;
}
/// A value that is read under a condition and, elsewhere, without.
constexpr bool does_not_carry_a_condition_elsewhere() {
  programs::maker m{};
  auto const x = m.input("x", {4});
  auto const y = m.output("y", {4});
  auto const z = m.output("z", {4});
  auto const i = m.axis(y, "i", 4);
  auto const next = ir::add_index(m.p, ir::op::add, m.at(i), 1);
  auto const read = m.load(x, {next});
  auto const safe = m.p.add(ir::node{.what = ir::op::guarded,
                                     .type = element::f32,
                                     .a = m.binary(ir::op::less, next, ir::add_index(m.p, 4)),
                                     .b = read,
                                     .c = m.number(0)});
  m.stage(y, {i}, safe);
  bool const first = is_proved(m.done());
  m.stage(z, {i}, read);
  return first && analysis::in_bounds(m.done()).is == answer::no;
}

TEST_CASE("bounds") {
  CHECK_BOTH(proves_plain_operators());
  CHECK_BOTH(proves_guarded_reads());
  CHECK_BOTH(proves_run_time_extents());
  CHECK_BOTH(refuses_what_goes_too_far());
  CHECK_BOTH(refuses_a_write_outside());
  CHECK_BOTH(refuses_what_goes_too_far_for_every_extent());
  CHECK_BOTH(asks_for_the_range_of_a_loaded_index());
  CHECK_BOTH(believes_the_conditions_of_stores());
  CHECK_BOTH(does_not_carry_a_condition_elsewhere());
}
