#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/copy_nest.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/lower/region.hpp>
#include <tenon/lower/restrict_axis.hpp>
#include <tenon/lower/stage.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

namespace detail {

/// The one loop counter of the tensor's own stage in an index, or none.
constexpr ir::axis_id own_axis(ir::program const& p, ir::node_id index, ir::buffer_id tensor) {
  ir::axis_id found = ir::axis_id::none;
  for (ir::linear::term const& t : ir::linear_of(p, index).terms) {
    ir::node const& atom = p[t.atom];
    if (atom.what != ir::op::counter || p[atom.axis()].stage != tensor) continue;
    if (found != ir::axis_id::none || t.factor != 1) return ir::axis_id::none;
    found = atom.axis();
  }
  return found;
}

/// A buffer that the statements under `nest` read and that exists only inside `loop`, outside of `nest`; or none.
constexpr ir::buffer_id borrowed(ir::program const& p, ir::node_id nest, ir::node_id loop) {
  bool inside[decltype(p.buffers)::capacity]{};
  ir::each_statement(p, p[loop].a,
                     [&](ir::node_id id) { inside[p[id].what == ir::op::allocate ? p[id].x : 0] = true; });
  ir::each_statement(p, nest, [&](ir::node_id id) {
    if (p[id].what == ir::op::allocate) inside[p[id].x] = false;
  });
  inside[0] = false;
  ir::buffer_id found = ir::buffer_id::none;
  ir::each_statement(p, nest, [&](ir::node_id s) {
    ir::each_value_of(p, s, [&](ir::node_id id) {
      ir::node const& n = p[id];
      if (n.what == ir::op::load && inside[static_cast<std::size_t>(p[n.access()].of)]) found = p[n.access()].of;
    });
  });
  return found;
}

}  // namespace detail

/// Keeps what the turn before computed, and computes only what is new.
///
///     for y in 0..h                          for r in 0..2
///       for r in 0..3                          bx[r] = f(r)
///         bx[y + r] = f(y + r)         =>    for y in 0..h
///       by[y] = bx[y] + bx[y + 2]              for r in 0..1
///                                                bx[y + r + 2] = f(y + r + 2)
///                                              by[y] = bx[y] + bx[y + 2]
///
/// Needs: a tensor that lives outside of the loop that computes it, whose part moves forward along one dimension by less
/// than its length with each turn, and turns that come one after another.
/// Keeps: every value; each is computed once where turns overlapped.
constexpr ir::program slide_window(ir::program p, step const& s) {
  ir::buffer_id const tensor = find_buffer(p, s.tensor);
  if (tensor == ir::buffer_id::none) return refuse_unknown_tensor(p, s);
  stage const made = find_stage(p, tensor);
  ir::node_id loop = made.found() ? ir::parent_of(p, made.nest) : ir::node_id::none;
  bool passed = false;
  while (loop != ir::node_id::none && p[loop].what != ir::op::loop) {
    passed |= loop == made.allocate;
    loop = ir::parent_of(p, loop);
  }
  if (loop == ir::node_id::none) {
    return ir::refuse(p, text{} << s << ": " << s.tensor << " is not computed at a loop; say compute_at(" << s.tensor
                                << ", ...) and store_at first");
  }
  ir::axis const along = p[p[loop].axis()];
  if (passed) {
    return ir::refuse(p, text{} << s << ": " << s.tensor << " lives for one turn of " << along.name
                                << " only; say store_at(" << s.tensor
                                << ", ...) with a loop further out, or store_root(" << s.tensor << ")");
  }
  if (along.kind != ir::loop_kind::serial && along.kind != ir::loop_kind::unrolled) {
    return ir::refuse(
        p,
        text{}
            << s << ": the turns of " << along.name
            << " do not come one after another, and each needs what the one before it made; mark a loop further out");
  }
  ir::buffer_id const missing = detail::borrowed(p, made.nest, loop);
  if (missing != ir::buffer_id::none) {
    return ir::refuse(p, text{} << s << ": " << s.tensor << " reads " << p[missing].name
                                << ", which lives for one turn of " << along.name << " only; store " << p[missing].name
                                << " further out");
  }

  region const part = region_of(p, tensor, made.nest, axes_under(p, made.nest), touching::writes);
  int dimension = -1;
  for (int d = 0; d < part.rank; ++d) {
    bool moves = false;
    for (ir::linear::term const& t : part.at[d].low.terms) moves |= ir::depends_on(p, t.atom, p[loop].axis());
    if (!moves) continue;
    if (dimension >= 0) {
      return ir::refuse(p, text{} << s << ": the part of " << s.tensor << " moves along dimensions " << dimension
                                  << " and " << d << " at once; only one can slide");
    }
    dimension = d;
  }
  if (dimension < 0) {
    return ir::refuse(p, text{} << s << ": every turn of " << along.name << " reads the same part of " << s.tensor
                                << "; compute it outside of " << along.name);
  }
  span const& moving = part.at[dimension];
  std::int64_t forward = ir::factor_of(p, moving.low, p[loop].axis());
  for (ir::linear::term const& t : moving.low.terms) {
    if (p[t.atom].what != ir::op::counter && ir::depends_on(p, t.atom, p[loop].axis())) forward = 0;
  }
  std::int64_t const length = moving.excess.constant + 1;
  ir::axis_id const axis = detail::own_axis(p, p[p[made.store].access()].at[dimension], tensor);
  if (axis == ir::axis_id::none || !is_number(moving.excess) || shares_axes(p, made.nest)) {
    return ir::refuse(p, text{} << s << ": the loops of " << s.tensor
                                << " were taken apart before; say slide first, then arrange its loops");
  }
  if (forward <= 0 || forward >= length) {
    text sentence{};
    sentence << s << ": each turn of " << along.name << " reads " << length << " along dimension " << dimension
             << " of " << s.tensor;
    if (forward > 0)
      return ir::refuse(p, sentence << " and goes on by " << forward << ", so no two turns share any; leave slide out");
    return ir::refuse(p, sentence << " and does not go forward in even steps; leave slide out");
  }

  p[axis].extent = ir::add_index(p, length - forward);
  nest_copy before{p};
  before.replace(p[loop].axis(), ir::add_index(p, 0));
  ir::node_id const first = before.nest(made.nest);
  ir::replace(p, loop, ir::add_block(p, first, loop));
  p[axis].extent = ir::add_index(p, forward);
  start_axis(p, axis, ir::linear{.constant = length - forward});
  return p;
}

}  // namespace tenon::lower
