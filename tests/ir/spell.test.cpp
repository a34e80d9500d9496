#include <tenon/ir/spell.hpp>

#include "support/both.hpp"
#include "support/programs.hpp"

using namespace tenon;

struct indices {
  programs::maker m{};
  ir::buffer_id x = m.input("x", {4, 4});
  ir::axis_id i = m.axis(x, "i", 4);
  ir::axis_id j = m.axis(x, "j.outer", 4);
  constexpr ir::node_id make(ir::op what, ir::node_id a, ir::node_id b) { return ir::add_index(m.p, what, a, b); }
  constexpr ir::node_id number(std::int64_t n) { return ir::add_index(m.p, n); }
};

constexpr bool spells_sums_as_written() {
  indices t{};
  auto const sum = t.make(ir::op::add, t.make(ir::op::mul, t.m.at(t.j), t.number(4)), t.m.at(t.i));
  auto const before = t.make(ir::op::add, t.m.at(t.i), t.number(-1));
  return ir::spelled(t.m.p, sum) == "j.outer * 4 + i" && ir::spelled(t.m.p, before) == "i - 1";
}

constexpr bool puts_parentheses_where_they_are_needed() {
  indices t{};
  auto const sum = t.make(ir::op::add, t.m.at(t.i), t.number(1));
  return ir::spelled(t.m.p, t.make(ir::op::mul, sum, t.number(2))) == "(i + 1) * 2" &&
         ir::spelled(t.m.p, t.make(ir::op::sub, t.number(7), sum)) == "7 - (i + 1)" &&
         ir::spelled(t.m.p, t.make(ir::op::min, sum, t.number(2))) == "min(i + 1, 2)";
}

constexpr bool spells_accesses() {
  indices t{};
  auto const load = t.m.load(t.x, {t.m.at(t.i), t.make(ir::op::floor_mod, t.m.at(t.j), t.number(3))});
  return ir::spelled(t.m.p, t.m.p[load].access()) == "x(i, j.outer % 3)" &&
         ir::spelled(t.m.p, load) == "x(i, j.outer % 3)";
}

TEST_CASE("spell") {
  CHECK_BOTH(spells_sums_as_written());
  CHECK_BOTH(puts_parentheses_where_they_are_needed());
  CHECK_BOTH(spells_accesses());
}
