#include <tenon/lower/region.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

using namespace tenon;

namespace {

constexpr ir::buffer_id bx{3};

/// The loop over y of the stage that reads bx.
constexpr ir::node_id reading_rows(ir::program const& p) {
  ir::node_id found = ir::node_id::none;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::loop && p[id].axis() == ir::axis_id{3}) found = id;
  });
  return found;
}

constexpr bool reads_of_a_turn_make_a_box() {
  ir::program p = programs::blur(4, 5);
  ir::node_id const body = p[reading_rows(p)].a;
  lower::region const box = lower::region_of(p, bx, body, lower::axes_under(p, body));
  return box.touched && !box.apart[0] && ir::factor_of(p, box.at[0].low, ir::axis_id{3}) == 1 &&
         box.at[0].excess.constant == 2 && box.at[1].low == ir::linear{} && box.at[1].excess.constant == 4 &&
         lower::is_whole(p, box.at[1], p[bx].extents[1]) && !lower::is_whole(p, box.at[0], p[bx].extents[0]);
}

constexpr bool writes_are_seen_apart_from_reads() {
  ir::program p = programs::blur(4, 5);
  ir::node_id const loop = reading_rows(p);
  return !lower::region_of(p, bx, loop, lower::axes_under(p, loop), lower::touching::writes).touched &&
         lower::region_of(p, bx, loop, lower::axes_under(p, loop)).at[0].excess.constant == 5;
}

constexpr bool a_narrowed_buffer_knows_its_origin() {
  ir::program p = programs::blur(4, 5);
  lower::region part{.rank = 2};
  part.at[0] = {.known = true, .low = {.constant = 2}, .excess = {.constant = 1}};
  part.at[1] = {.known = true, .excess = {.constant = 4}};
  lower::narrow(p, bx, part);
  return ir::is_constant(p, p[bx].extents[0], 2) && ir::is_constant(p, p[bx].origin[0], 2) &&
         p[bx].origin[1] == ir::node_id::none;
}

}  // namespace

TEST_CASE("region") {
  CHECK_BOTH(reads_of_a_turn_make_a_box());
  CHECK_BOTH(writes_are_seen_apart_from_reads());
  CHECK_BOTH(a_narrowed_buffer_knows_its_origin());
}
