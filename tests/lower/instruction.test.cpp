#include <tenon/lower/instruction.hpp>

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

/// x(i, 2 * j) of a matrix with 6 columns
constexpr bool strides_count_elements() {
  programs::maker m{};
  auto const x = m.input("x", {4, 6});
  auto const y = m.output("y", {4, 3});
  auto const i = m.axis(y, "i", 4), j = m.axis(y, "j", 3);
  auto const at = ir::add_access(m.p, x, {m.at(i), ir::add_index(m.p, ir::op::mul, m.at(j), 2)});
  return lower::stride_of(m.p, at, i) == 6 && lower::stride_of(m.p, at, j) == 2;
}

constexpr bool a_run_time_stride_is_no_number() {
  programs::maker m{};
  auto const x = m.input("x", {4, 6});
  auto const i = m.axis(x, "i", 4), j = m.axis(x, "j", 6);
  auto const at = ir::add_access(m.p, x, {m.at(i), m.at(j)});
  m.p[x].strided = true;
  return lower::stride_of(m.p, at, i) == -1 && lower::stride_of(m.p, at, j) == 1;
}

}  // namespace

TEST_CASE("instruction") {
  CHECK_BOTH(strides_count_elements());
  CHECK_BOTH(a_run_time_stride_is_no_number());
  CHECK_BOTH(a_nest_with_fewer_loops_differs());
}
