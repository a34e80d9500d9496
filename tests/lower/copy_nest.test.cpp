#include <tenon/lower/copy_nest.hpp>

#include <support/both.hpp>
#include <support/programs.hpp>

#include <tenon/ir/find.hpp>

using namespace tenon;

namespace {

/// The nest twice, one after the other.
constexpr ir::program twice(ir::program p) {
  ir::node_id const again = lower::nest_copy{p}.nest(p.root);
  p.root = ir::add_block(p, p.root, again);
  return p;
}

constexpr bool means_the_same() {
  return programs::same_outputs(programs::dense_relu(2, 3, 4), twice(programs::dense_relu(2, 3, 4)));
}

constexpr bool shares_no_loop_and_no_buffer() {
  ir::program const p = twice(programs::dense_relu(2, 3, 4));
  int loops[96]{};
  int buffers[40]{};
  ir::each_statement(p, p.root, [&](ir::node_id n) {
    if (p[n].what == ir::op::loop) ++loops[p[n].x];
    if (p[n].what == ir::op::allocate) ++buffers[p[n].x];
  });
  bool fresh = true;
  for (int n : loops) fresh &= n <= 1;
  for (int n : buffers) fresh &= n <= 1;
  return fresh && p.axes.size() == 1 + 6 && p[ir::axis_id{6}].name == p[ir::axis_id{3}].name;
}

constexpr bool replaces_counters() {
  ir::program p = programs::copy(4);
  lower::nest_copy copy{p};
  copy.replace(ir::axis_id{1}, ir::add_index(p, 2));
  ir::node_id const store = copy.nest(p[p.root].a);
  return ir::is_constant(p, p[p[store].access()].at[0], 2);
}

}  // namespace

TEST_CASE("copy_nest") {
  CHECK_BOTH(means_the_same());
  CHECK_BOTH(shares_no_loop_and_no_buffer());
  CHECK_BOTH(replaces_counters());
}
