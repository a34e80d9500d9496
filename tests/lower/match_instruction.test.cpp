#include <tenon/lower/match_instruction.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

using namespace tenon;

namespace {

constexpr ir::program dense = programs::matmul(4, 4, 4);
constexpr lower::instruction square{.name = "square", .behaviour = &dense};

constexpr bool a_nest_with_fewer_loops_differs() {
  ir::program const p = programs::matmul(4, 4, 4);
  ir::node_id k = ir::node_id::none;
  ir::each_statement(p, p.root,
                     [&](ir::node_id id) { k = p[id].what == ir::op::loop && p[p[id].axis()].reduces ? id : k; });
  lower::instruction_match const m = lower::match_instruction(p, k, square);
  return !m.matched && m.difference == "the instruction has a loop j more than this nest";
}

/// Copies 4 x 4 elements, whose rows may lie anywhere.
constexpr ir::program rows_apart() {
  programs::maker m{};
  auto const x = m.input("x", {4, 4});
  auto const y = m.output("y", {4, 4});
  auto const i = m.axis(y, "i", 4), j = m.axis(y, "j", 4);
  m.stage(y, {i, j}, m.load(x, {m.at(i), m.at(j)}));
  m.p[x].strided = true;
  return m.done();
}
constexpr ir::program apart = rows_apart();
constexpr lower::instruction move{.name = "move", .behaviour = &apart};

constexpr ir::program part_of(int columns) {
  programs::maker m{};
  auto const x = m.input("x", {4, columns});
  auto const y = m.output("y", {4, 4});
  auto const i = m.axis(y, "i", 4), j = m.axis(y, "j", 4);
  m.stage(y, {i, j}, m.load(x, {m.at(i), ir::add_index(m.p, ir::op::add, m.at(j), columns - 4)}));
  return m.done();
}

constexpr bool rows_may_lie_apart_by_any_number() {
  for (int columns : {4, 7, 64}) {
    ir::program const p = part_of(columns);
    lower::instruction_match const m = lower::match_instruction(p, p.root, move);
    if (!m.matched || m.immediates.size() != 1 || m.immediates[0] != columns) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("match_instruction") {
  CHECK_BOTH(a_nest_with_fewer_loops_differs());
  CHECK_BOTH(rows_may_lie_apart_by_any_number());
}
