#include <tenon/ir/evaluate.hpp>

#include "support/both.hpp"
#include "support/programs.hpp"

using namespace tenon;

constexpr bool copies_every_element() {
  ir::program const p = programs::copy(7);
  ir::image const after = ir::evaluate(p, programs::filled(p));
  return after.fault.empty() && after.buffers[1].values == after.buffers[2].values;
}

constexpr bool multiplies_matrices() {
  ir::program const p = programs::dense_relu(3, 4, 5);
  ir::image const after = ir::evaluate(p, programs::filled(p));
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      double sum = after.buffers[3].values[j].real;
      for (std::size_t k = 0; k < 5; ++k) {
        sum += after.buffers[1].values[i * 5 + k].real * after.buffers[2].values[k * 4 + j].real;
      }
      if (after.buffers[4].values[i * 4 + j].real != (sum < 0 ? 0 : sum)) return false;
    }
  }
  return after.fault.empty();
}

constexpr bool takes_extents_at_run_time() {
  ir::program const p = programs::matmul_of_rows(8, 3, 2);
  ir::image const after = ir::evaluate(p, programs::filled(p, {5}));
  ir::program const plain = programs::matmul(5, 3, 2);
  return after.fault.empty() && after.buffers[3] == ir::evaluate(plain, programs::filled(plain)).buffers[3];
}

constexpr bool runs_stages_one_after_another() {
  ir::program const p = programs::blur(3, 4);
  ir::image const after = ir::evaluate(p, programs::filled(p));
  double sum = 0;
  for (std::size_t y = 1; y < 4; ++y) {
    for (std::size_t x = 2; x < 5; ++x) sum += after.buffers[1].values[y * 6 + x].real;
  }
  return after.fault.empty() && after.buffers[2].values[1 * 4 + 2].real == sum;
}

constexpr bool reads_only_the_taken_side_of_a_guard() {
  ir::program const p = programs::padded_neighbours(4);
  ir::image const after = ir::evaluate(p, programs::filled(p));
  auto const& x = after.buffers[1].values;
  auto const& y = after.buffers[2].values;
  return after.fault.empty() && y[0] == x[1] && y[3] == x[2] && y[1].real == x[0].real + x[2].real;
}

constexpr bool finds_the_first_greatest() {
  ir::program const p = programs::row_argmax(2, 5);
  ir::image data = programs::filled(p);
  double const rows[]{1, 3, -1, 3, 2, -5, -4, -4, -9, -6};
  for (std::size_t n = 0; n < 10; ++n) data.buffers[1].values[n].real = rows[n];
  ir::image const after = ir::evaluate(p, data);
  return after.fault.empty() && after.buffers[2].values[0].whole == 1 && after.buffers[2].values[1].whole == 1;
}

constexpr bool faults_at_an_index_outside() {
  programs::maker m{};
  auto const x = m.input("x", {4});
  auto const y = m.output("y", {4});
  auto const i = m.axis(y, "i", 4);
  m.stage(y, {i}, m.load(x, {ir::add_index(m.p, ir::op::add, m.at(i), 1)}));
  ir::program const p = m.done();
  return ir::evaluate(p, programs::filled(p)).fault == "x is read at index 4 of dimension 0, whose extent is 4";
}

constexpr bool faults_at_a_use_of_nothing() {
  programs::maker m{};
  auto const y = m.output("y", {2});
  auto const t = m.temporary("t", {2});
  auto const i = m.axis(y, "i", 2);
  m.stage(y, {i}, ir::add_unary(m.p, ir::op::negate, m.load(t, {m.at(i)})));
  ir::program const p = m.done();
  return ir::evaluate(p, programs::filled(p)).fault == "t is read at element 0, which nothing has written";
}

constexpr bool copies_nothing_as_nothing() {
  programs::maker m{};
  auto const y = m.output("y", {2});
  auto const t = m.temporary("t", {2});
  auto const i = m.axis(y, "i", 2);
  m.stage(y, {i}, m.load(t, {m.at(i)}));
  ir::program const p = m.done();
  ir::image const after = ir::evaluate(p, programs::filled(p));
  return after.fault.empty() && after.buffers[1].written[0] == 0;
}

constexpr bool writes_together_after_reading_together() {
  programs::maker m{};
  auto const a = m.output("a", {});
  auto const b = m.output("b", {});
  auto const to_a = ir::add_access(m.p, a, {}), to_b = ir::add_access(m.p, b, {});
  auto const start = ir::add_block(m.p, ir::add_store(m.p, to_a, m.number(1)), ir::add_store(m.p, to_b, m.number(2)));
  auto const swap =
      ir::add_block(m.p, ir::add_store(m.p, to_a, m.load(b, {})), ir::add_store(m.p, to_b, m.load(a, {})));
  m.p.root = ir::add_block(m.p, start, m.p.add(ir::node{.what = ir::op::together, .a = swap}));
  ir::image const after = ir::evaluate(m.p, programs::filled(m.p));
  return after.fault.empty() && after.buffers[1].values[0].real == 2 && after.buffers[2].values[0].real == 1;
}

constexpr bool has_no_elements_where_an_extent_comes_out_negative() {
  programs::maker m{};
  auto const rows = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "M"}));
  auto const less = ir::add_index(m.p, ir::op::sub, ir::add_index(m.p, ir::op::mul, rows, 2), 1);
  auto const y = m.tensor("y", element::f32, ir::role::output, {rows});
  auto const t = m.tensor("t", element::f32, ir::role::temporary, {less});
  auto const i = m.at(m.axis(y, "i", rows));
  auto const twice = ir::add_index(m.p, ir::op::mul, i, 2);
  m.p.root = ir::add_loop(m.p, m.p[i].axis(),
                          ir::add_block(m.p, ir::add_store(m.p, m.access(t, {twice}), m.number(1)),
                                        ir::add_store(m.p, m.access(y, {i}), m.load(t, {twice}))));
  m.p.root = ir::add_allocate(m.p, t, m.p.root);
  auto const faultless = [&](std::int64_t n) { return ir::evaluate(m.p, programs::filled(m.p, {n})).fault.empty(); };
  return faultless(0) && faultless(3);
}

TEST_CASE("evaluate") {
  CHECK_BOTH(has_no_elements_where_an_extent_comes_out_negative());
  CHECK_BOTH(copies_every_element());
  CHECK_BOTH(multiplies_matrices());
  CHECK_BOTH(takes_extents_at_run_time());
  CHECK_BOTH(runs_stages_one_after_another());
  CHECK_BOTH(reads_only_the_taken_side_of_a_guard());
  CHECK_BOTH(finds_the_first_greatest());
  CHECK_BOTH(faults_at_an_index_outside());
  CHECK_BOTH(faults_at_a_use_of_nothing());
  CHECK_BOTH(copies_nothing_as_nothing());
  CHECK_BOTH(writes_together_after_reading_together());
}
