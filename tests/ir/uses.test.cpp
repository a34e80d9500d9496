#include <tenon/ir/uses.hpp>

#include "support/both.hpp"
#include "support/programs.hpp"

using namespace tenon;

constexpr bool sees_counters_in_indices_of_loads() {
  programs::maker m{};
  auto const x = m.input("x", {4, 4});
  auto const y = m.output("y", {4, 4});
  auto const i = m.axis(y, "i", 4), j = m.axis(y, "j", 4), k = m.axis(y, "k", 4);
  auto const value = m.binary(ir::op::add, m.load(x, {m.at(i), ir::add_index(m.p, 1)}), m.load(x, {m.at(k), m.at(k)}));
  ir::uses_table table{m.p};
  ir::uses const& all = table.of(value);
  return all.has(i) && !all.has(j) && all.has(k) && all.has(x) && !all.has(y) && !all.formals;
}

constexpr bool sees_formals() {
  programs::maker m{};
  ir::reduction_id const r = m.reduction(ir::reduction_kind::sum, element::f32);
  ir::uses_table table{m.p};
  return table.of(m.p[r].combine[0]).formals;
}

constexpr bool joins_and_removes() {
  ir::uses a{}, b{};
  a.add(ir::axis_id{3});
  b.add(ir::axis_id{70});
  b.add(ir::buffer_id{2});
  a.add(b);
  bool const joined = a.has(ir::axis_id{3}) && a.has(ir::axis_id{70}) && a.has(ir::buffer_id{2});
  a.remove(ir::axis_id{3});
  a.remove(ir::axis_id{70});
  a.remove(ir::buffer_id{2});
  return joined && a == ir::uses{};
}

TEST_CASE("uses") {
  CHECK_BOTH(sees_counters_in_indices_of_loads());
  CHECK_BOTH(sees_formals());
  CHECK_BOTH(joins_and_removes());
}
