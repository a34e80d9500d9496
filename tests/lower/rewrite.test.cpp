#include <tenon/lower/rewrite.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

using namespace tenon;

namespace {

constexpr bool every_value_is_visited_once() {
  programs::maker m{};
  auto const y = m.output("y", {});
  ir::node_id value = m.number(1);
  for (int n = 0; n < 30; ++n) value = m.binary(ir::op::add, value, value);
  m.stage(y, {}, value);
  ir::program const p = m.done();
  int visits = 0;
  lower::value_walk(p, [&](ir::node_id) { ++visits; }).statements(p.root);
  return visits == 31;
}

constexpr bool what_does_not_change_is_shared() {
  ir::program p = programs::dense_relu(2, 3, 4);
  ir::program const before = p;
  lower::rewriter(p, [](ir::node_id) { return ir::node_id::none; }).statements(p.root);
  return p == before;
}

constexpr bool loads_are_replaced_wherever_they_stand() {
  ir::program p = programs::padded_neighbours(5);
  ir::node_id const seven = ir::add_real(p, element::f32, 7);
  lower::rewriter(p, [&](ir::node_id id) {
    return p[id].what == ir::op::load ? seven : ir::node_id::none;
  }).statements(p.root);
  int loads = 0;
  lower::value_walk(p, [&](ir::node_id id) { loads += p[id].what == ir::op::load; }).statements(p.root);
  return loads == 0;
}

}  // namespace

TEST_CASE("rewrite") {
  CHECK_BOTH(every_value_is_visited_once());
  CHECK_BOTH(what_does_not_change_is_shared());
  CHECK_BOTH(loads_are_replaced_wherever_they_stand());
}
