#pragma once

#include <cstddef>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/lower/reading_loop.hpp>
#include <tenon/lower/region.hpp>
#include <tenon/lower/restrict_axis.hpp>
#include <tenon/lower/stage.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

/// Computes a tensor where it is read, a part at a time.
///
///     allocate bx [h + 2]                 for y in 0..h
///     for r in 0..h + 2                     allocate bx [3]
///       bx[r] = f(r)               =>       for r in 0..3
///     for y in 0..h                           bx[r] = f(y + r)
///       by[y] = bx[y] + bx[y + 2]           by[y] = bx[0] + bx[2]
///
/// Needs: a temporary whose own loops are as the language made them, all of whose reads stand in the loop, and whose part
/// for one turn has the same, constant size in every turn.
/// Keeps: every value read. Elements that two turns read are computed in both; those outside of the tensor are not.
constexpr ir::program compute_at(ir::program p, step const& s) {
  ir::buffer_id const tensor = find_buffer(p, s.tensor);
  if (tensor == ir::buffer_id::none) return refuse_unknown_tensor(p, s);
  reading_loop const at = find_reading_loop(p, s, tensor);
  if (at.refused) return ir::refuse(p, at.refused.sentence);
  stage const made = find_stage(p, tensor);
  if (!made.at_root) {
    return ir::refuse(p,
                      text{} << s << ": " << s.tensor << " is computed in another loop already; say one place for it");
  }
  if (made.prefetched) return refuse_prefetched(p, s, p[tensor].name);
  for (ir::node_id up = at.loop; up != ir::node_id::none; up = ir::parent_of(p, up)) {
    if (p[up].what != ir::op::loop || p[p[up].axis()].kind != ir::loop_kind::vectorized) continue;
    return ir::refuse(p, text{} << s << ": " << p[p[up].axis()].name
                                << " is vectorized, and a stage is not computed inside of lanes; "
                                << "say vectorize after this step, of a loop further in");
  }
  plain_axes const own = plain_axes_of(p, made);
  ir::node_id const around = ir::parent_of(p, made.nest);
  bool const beside = around != ir::node_id::none && p[around].what == ir::op::block;
  if (!own.plain || !beside || ir::contains(p, made.nest, at.loop)) {
    return ir::refuse(p, text{} << s << ": the loops of " << s.tensor
                                << " were taken apart before; place it first, then arrange its loops");
  }

  region const part = region_of(p, tensor, p[at.loop].a, axes_under(p, p[at.loop].a));
  for (int d = 0; d < part.rank; ++d) {
    if (part.apart[d]) {
      return ir::refuse(p, text{} << s << ": the reads of " << s.tensor << " in " << s.loops[0]
                                  << " lie apart in dimension " << d
                                  << " by what is not the same in every turn; choose a loop further out");
    }
    if (!is_number(part.at[d].excess) && !is_whole(p, part.at[d], p[tensor].extents[d])) {
      return ir::refuse(p, text{} << s << ": how much of dimension " << d << " of " << s.tensor << " one turn of "
                                  << s.loops[0] << " reads is not known here; split the loops inside it by a number");
    }
  }

  ir::node_id condition = ir::node_id::none;
  for (int d = 0; d < part.rank; ++d) {
    condition = ir::add_both(p, condition, restrict_axis(p, own.axes[static_cast<std::size_t>(d)], part.at[d]));
  }
  if (condition != ir::node_id::none) {
    bool others = false;
    ir::each_statement(p, made.nest, [&](ir::node_id id) {
      if (p[id].what != ir::op::store) return;
      ir::buffer_id const to = p[p[id].access()].of;
      others |= to != tensor && !p[to].accumulates;
    });
    if (others) {
      return ir::refuse(p, text{} << s << ": another tensor is computed inside " << s.tensor
                                  << " already, and a part of " << s.tensor << " is needed only; say this step first");
    }
  }
  guard_stores(p, made.nest, condition);
  narrow(p, tensor, part);

  take_out(p, made.nest);
  ir::replace(p, made.allocate, p[made.allocate].a);
  ir::node_id const body = ir::add_block(p, made.nest, p[at.loop].a);
  p[made.allocate].a = body;
  p[at.loop].a = made.allocate;
  return p;
}

}  // namespace tenon::lower
