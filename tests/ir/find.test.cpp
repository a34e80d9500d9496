#include <tenon/ir/find.hpp>

#include "support/both.hpp"
#include "support/programs.hpp"

using namespace tenon;

constexpr int count_of(ir::program const& p, ir::op what) {
  int n = 0;
  ir::each_statement(p, p.root, [&](ir::node_id id) { n += p[id].what == what; });
  return n;
}

constexpr bool visits_every_statement() {
  ir::program const p = programs::dense_relu(2, 3, 4);
  return count_of(p, ir::op::loop) == 3 && count_of(p, ir::op::store) == 3 && count_of(p, ir::op::allocate) == 1 &&
         count_of(p, ir::op::block) == 2;
}

constexpr bool visits_parents_first() {
  ir::program const p = programs::matmul(2, 3, 4);
  bool seen[64]{};
  bool right = true;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    ir::node_id const parent = ir::parent_of(p, id);
    right &= parent == ir::node_id::none ? id == p.root : seen[static_cast<int>(parent)];
    seen[static_cast<int>(id)] = true;
  });
  return right;
}

constexpr bool visits_the_indices_of_loads() {
  ir::program const p = programs::transposed(2, 3);
  int counters = 0;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    ir::each_value_of(p, id, [&](ir::node_id v) { counters += p[v].what == ir::op::counter; });
  });
  return counters == 4;
}

constexpr bool knows_what_depends_on_an_axis() {
  ir::program const p = programs::blur(2, 3);
  ir::node_id last = ir::node_id::none;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::store) last = id;
  });
  return ir::depends_on(p, p[last].a, ir::axis_id{3}) && !ir::depends_on(p, p[last].a, ir::axis_id{1});
}

constexpr bool replaces_a_statement_where_it_stands() {
  ir::program p = programs::blur(2, 3);
  ir::node_id second = ir::node_id::none;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::loop && p[id].axis() == ir::axis_id{3}) second = id;
  });
  ir::node_id const none = p.add(ir::node{.what = ir::op::prefetch});
  bool const was_there = ir::contains(p, p.root, second);
  ir::replace(p, second, none);
  return was_there && !ir::contains(p, p.root, second) && ir::contains(p, p.root, none);
}

constexpr bool replaces_the_root() {
  ir::program p = programs::copy(4);
  ir::node_id const none = p.add(ir::node{.what = ir::op::prefetch});
  ir::replace(p, p.root, none);
  return p.root == none;
}

TEST_CASE("find") {
  CHECK_BOTH(visits_every_statement());
  CHECK_BOTH(visits_parents_first());
  CHECK_BOTH(visits_the_indices_of_loads());
  CHECK_BOTH(knows_what_depends_on_an_axis());
  CHECK_BOTH(replaces_a_statement_where_it_stands());
  CHECK_BOTH(replaces_the_root());
}
