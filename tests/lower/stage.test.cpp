#include <tenon/lower/stage.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/compute_at.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/compute_at.hpp>
#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

constexpr ir::buffer_id by{2}, bx{3};

constexpr bool stages_stand_beside_each_other() {
  ir::program const p = programs::blur(3, 4);
  lower::stage const first = lower::find_stage(p, bx);
  lower::stage const second = lower::find_stage(p, by);
  return first.at_root && second.at_root && first.stores == 1 && p[first.nest].what == ir::op::loop &&
         first.nest != second.nest && first.allocate != ir::node_id::none && second.allocate == ir::node_id::none &&
         !lower::find_stage(p, ir::buffer_id{1}).found();
}

constexpr bool accumulators_belong_to_their_stage() {
  ir::program const p = programs::dense_relu(2, 3, 4);
  lower::stage const s = lower::find_stage(p, ir::buffer_id{4});
  return s.at_root && s.nest == p.root && lower::plain_axes_of(p, s).plain;
}

constexpr bool a_placed_stage_is_not_at_the_root() {
  ir::program const p = lower::compute_at(programs::blur(3, 4), compute_at(tensor_name{"bx"}, loop("by", "y")));
  return !lower::find_stage(p, bx).at_root && lower::find_stage(p, by).at_root;
}

constexpr bool split_loops_are_not_plain() {
  ir::program const p = lower::split_loop(programs::blur(3, 4), split(loop("bx", "x"), 2));
  return !lower::plain_axes_of(p, lower::find_stage(p, bx)).plain &&
         lower::plain_axes_of(p, lower::find_stage(p, by)).plain;
}

constexpr bool several_nests_are_not_plain() {
  ir::program p = programs::copy(4);
  bool const alone = !lower::shares_axes(p, p.root);
  ir::node_id const nest = p.root;
  p.root = ir::add_block(p, ir::clone_statement(p, nest, {}), nest);
  return alone && lower::shares_axes(p, nest) && !lower::shares_axes(p, p.root);
}

constexpr bool readers_are_found() {
  ir::program const p = programs::blur(3, 4);
  lower::stage const second = lower::find_stage(p, by);
  return lower::loads_of(p, bx, p.root) == 3 && lower::reader_outside(p, bx, second.nest) == ir::buffer_id::none &&
         lower::reader_outside(p, bx, lower::find_stage(p, bx).nest) == by;
}

}  // namespace

TEST_CASE("stage") {
  CHECK_BOTH(stages_stand_beside_each_other());
  CHECK_BOTH(accumulators_belong_to_their_stage());
  CHECK_BOTH(a_placed_stage_is_not_at_the_root());
  CHECK_BOTH(split_loops_are_not_plain());
  CHECK_BOTH(several_nests_are_not_plain());
  CHECK_BOTH(readers_are_found());
}
