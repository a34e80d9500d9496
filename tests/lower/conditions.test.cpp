#include <tenon/lower/conditions.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

using namespace tenon;

namespace {

constexpr bool a_condition_is_the_list_of_its_parts() {
  ir::program const p = programs::padded_neighbours(5);
  lower::conditions parts{};
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::store) lower::split_condition(p, p[p[p[id].a].a].a, parts);
  });
  return parts.size() == 2 && lower::has(p, parts, parts[1]) && lower::has_all(p, parts, parts);
}

constexpr bool guards_are_told_with_each_load() {
  ir::program const p = programs::padded_neighbours(5);
  int loads = 0;
  bool inside = true;
  lower::load_walk walk(p, [&](ir::node_id load, lower::conditions const& given) {
    ++loads;
    ir::access const& at = p[p[load].access()];
    inside &= lower::stays_inside(p, at, given) && !lower::stays_inside(p, at);
    for (ir::node_id c : given) inside &= lower::says_inside(p, c, at);
  });
  ir::each_statement(p, p.root, [&](ir::node_id id) { walk.statement(id); });
  return loads == 2 && inside;
}

}  // namespace

TEST_CASE("conditions") {
  CHECK_BOTH(a_condition_is_the_list_of_its_parts());
  CHECK_BOTH(guards_are_told_with_each_load());
}
