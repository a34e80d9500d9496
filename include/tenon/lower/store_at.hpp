#pragma once

#include <cstddef>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/lower/reading_loop.hpp>
#include <tenon/lower/region.hpp>
#include <tenon/lower/stage.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

/// Lets a tensor live longer than the turn that computes it, so that later turns find what earlier ones made.
///
///     for y in 0..h                          allocate bx [h + 2]
///       allocate bx [3]                        for y in 0..h
///       for r in 0..3                            for r in 0..3
///         bx[r] = f(y + r)             =>          bx[y + r] = f(y + r)
///       by[y] = bx[0] + bx[2]                    by[y] = bx[y] + bx[y + 2]
///
/// Needs: a tensor that an earlier step computes at a loop, and a loop around that one (or none: outside of all loops).
/// Keeps: every value; only where it rests changes.
constexpr ir::program store_at(ir::program p, step const& s) {
  ir::buffer_id const tensor = find_buffer(p, s.tensor);
  if (tensor == ir::buffer_id::none) return refuse_unknown_tensor(p, s);
  reading_loop at{};
  if (!s.loops.empty()) {
    at = find_reading_loop(p, s, tensor);
    if (at.refused) return ir::refuse(p, at.refused.sentence);
  }
  stage const made = find_stage(p, tensor);
  if (!made.found() || made.allocate == ir::node_id::none || made.at_root) {
    return ir::refuse(p, text{} << s << ": " << s.tensor
                                << " is not computed at a loop, so it lives outside of all loops anyway; say "
                                << "compute_at(" << s.tensor << ", ...) first");
  }
  if (made.prefetched) return refuse_prefetched(p, s, p[tensor].name);
  if (made.allocations > 1) {
    return ir::refuse(p, text{} << s << ": a step before made several copies of what computes " << s.tensor << "; say "
                                << name_of(s.what) << " before it");
  }
  if (at.loop != ir::node_id::none && !ir::contains(p, at.loop, made.allocate)) {
    return ir::refuse(p, text{} << s << ": " << s.tensor << " is computed outside of " << s.loops[0]
                                << "; name a loop around the one that computes it");
  }
  for (ir::node_id up = ir::parent_of(p, made.nest); up != at.loop; up = ir::parent_of(p, up)) {
    if (p[up].what != ir::op::loop) continue;
    ir::axis const& between = p[p[up].axis()];
    if (between.kind == ir::loop_kind::serial || between.kind == ir::loop_kind::unrolled) continue;
    return ir::refuse(p, text{} << s << ": the turns of " << between.name
                                << " are carried out at the same time, and all would write the same " << s.tensor
                                << "; keep it inside of " << between.name);
  }
  for (std::size_t n = 1; n < p.accesses.size(); ++n) {
    if (p.accesses[n].of != tensor) continue;
    for (int d = 0; d < p.accesses[n].rank; ++d) {
      if (p[p.accesses[n].at[d]].what != ir::op::floor_mod) continue;
      return ir::refuse(p, text{} << s << ": dimension " << d << " of " << s.tensor
                                  << " was folded before; say store_at first, then fold_storage");
    }
  }
  ir::node_id const root = at.loop == ir::node_id::none ? p.root : p[at.loop].a;
  region const part = region_of(p, tensor, root, axes_under(p, root), touching::both);
  for (int d = 0; d < part.rank; ++d) {
    if (part.apart[d]) {
      return ir::refuse(p, text{} << s << ": what is read of dimension " << d << " of " << s.tensor
                                  << " there has no fixed size; leave it where it is computed");
    }
  }
  narrow(p, tensor, part);
  ir::replace(p, made.allocate, p[made.allocate].a);
  // The body may have been the allocation itself.
  ir::node_id const body = at.loop == ir::node_id::none ? p.root : p[at.loop].a;
  p[made.allocate].a = body;
  (at.loop == ir::node_id::none ? p.root : p[at.loop].a) = made.allocate;
  return p;
}

}  // namespace tenon::lower
