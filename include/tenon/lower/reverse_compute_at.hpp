#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/elementwise.hpp>
#include <tenon/lower/meeting_loop.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/lower/region.hpp>
#include <tenon/lower/restrict_axis.hpp>
#include <tenon/lower/span.hpp>
#include <tenon/lower/stage.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

namespace detail {

/// Whether the store, as far as its indices are no sums of loops, writes every element of the part in one turn of the loop: the
/// part is a box around what it writes, which may be more, as where fused loops were split.
constexpr bool fills(ir::program const& p, ir::node_id store, ir::node_id loop, region const& part) {
  axis_set const inner = axes_under(p, p[loop].a);
  ir::access const& to = p[p[store].access()];
  bool divided = false;
  std::int64_t elements = 1;
  for (int d = 0; d < to.rank; ++d) {
    ir::each_value(p, to.at[d], [&](ir::node_id v) {
      bool const divides = p[v].what == ir::op::floor_div || p[v].what == ir::op::floor_mod;
      if (divides)
        ir::each_value(p, v, [&](ir::node_id c) { divided |= p[c].what == ir::op::counter && inner[p[c].axis()]; });
    });
    elements *= is_number(part.at[d].excess) ? part.at[d].excess.constant + 1 : 0;
  }
  if (!divided) return true;
  loop_chain loops{};
  std::int64_t turns = 1;
  for (ir::node_id up = ir::parent_of(p, store); up != loop; up = ir::parent_of(p, up)) {
    if (p[up].what != ir::op::loop) continue;
    if (loops.full()) return false;
    loops.push_back(up);
    turns *= ir::constant_or(p, p[p[up].axis()].extent, 0);
  }
  return turns == elements && meeting_loop(p, to, loops) == ir::node_id::none;
}

}  // namespace detail

/// Computes a tensor where the one that it reads is made, a part at a time.
///
///     for i.outer in 0..n/4                    for i.outer in 0..n/4
///       for i.inner in 0..4                      allocate y [4]
///         y[i.outer * 4 + i.inner] = ...         for i.inner in 0..4
///     for i in 0..n                      =>        y[i.inner] = ...
///       z[i] = max(y[i], 0)                      for i in 0..4
///                                                  z[i.outer * 4 + i] = max(y[i], 0)
///
/// Needs: a stage that reads the other at indices of its own, and a loop of the other whose turns each finish a part.
/// Keeps: every value. The tensor that is read shrinks to the part, if nobody else reads it.
constexpr ir::program reverse_compute_at(ir::program p, step const& s) {
  ir::buffer_id const tensor = find_buffer(p, s.tensor);
  if (tensor == ir::buffer_id::none) return refuse_unknown_tensor(p, s);
  named_axes const named = find_axes(p, s, s.loops[0]);
  if (named.refused) return ir::refuse(p, named.refused.sentence);
  ir::buffer_id const source = p[named.only()].stage;
  label const name = p[source].name;
  stage const made = find_stage(p, tensor);
  if (!made.found() || source == tensor) {
    return ir::refuse(p, text{} << s << ": name a tensor that is computed, and a loop of the stage that it reads");
  }
  plain_axes const own = plain_axes_of(p, made);
  if (!own.plain || !made.at_root) {
    return ir::refuse(p, text{} << s << ": the loops of " << s.tensor
                                << " were taken apart before; place it first, then arrange its loops");
  }
  if (latest_read(p, made) != source) {
    return ir::refuse(p, text{} << s << ": " << name << " is not the last that " << s.tensor
                                << " needs; name a loop of "
                                << (latest_read(p, made) == ir::buffer_id::none ? label{"a stage that it reads"}
                                                                                : p[latest_read(p, made)].name));
  }
  matched_axes const match = match_axes(p, made, source, false, own);
  if (!match.matched) {
    return ir::refuse(p, text{} << s << ": " << s.tensor << " does not read " << name
                                << " at indices of its own only; compute_at(" << name << ", ...) may serve");
  }

  stage const producer = find_stage(p, source);
  if (producer.prefetched) return refuse_prefetched(p, s, name);
  ir::node_id loop = ir::node_id::none;
  for (ir::node_id up = producer.store; up != ir::node_id::none; up = ir::parent_of(p, up)) {
    if (p[up].what != ir::op::loop) continue;
    for (ir::axis_id a : named.axes) {
      if (p[up].axis() == a) loop = up;
    }
    if (loop != ir::node_id::none && p[p[up].axis()].reduces) {
      return ir::refuse(p, text{} << s << ": " << p[p[up].axis()].name << " runs around " << s.loops[0]
                                  << ", so that no turn finishes a part of " << name << "; name a loop outside of it");
    }
  }
  if (loop != ir::node_id::none && ir::contains(p, made.nest, loop)) {
    return ir::refuse(p, text{} << s << ": " << name << " is computed inside " << s.tensor
                                << " already; take one of the two steps");
  }
  static_vector<ir::node_id, 192> stores{};
  if (loop != ir::node_id::none) {
    ir::each_statement(p, loop, [&](ir::node_id id) {
      if (p[id].what == ir::op::store && p[p[id].access()].of == source) stores.push_back(id);
    });
  }
  if (loop == ir::node_id::none || static_cast<int>(stores.size()) != producer.stores ||
      p[p[loop].axis()].kind == ir::loop_kind::vectorized) {
    return ir::refuse(p, text{} << s << ": one turn of " << s.loops[0] << " does not finish a part of " << name
                                << " alone; name a loop around all stores of " << name);
  }
  region const part = region_of(p, source, p[loop].a, axes_under(p, p[loop].a), touching::writes);
  for (int d = 0; d < part.rank; ++d) {
    if (part.apart[d] || part.unclear[d] ||
        (!is_number(part.at[d].excess) && !is_whole(p, part.at[d], p[source].extents[d]))) {
      return ir::refuse(p, text{} << s << ": how much of dimension " << d << " of " << name << " one turn of "
                                  << s.loops[0] << " makes is not known here; split the loops inside it by a number");
    }
  }

  bool side_by_side = true;
  for (int d = 0; d < part.rank; ++d) {
    ir::node_id const own_extent = p[match.of_dimension[d]].extent;
    ir::node_id const extent = p[source].extents[d];
    bool const within =
        ir::is_constant(p, own_extent) && ir::is_constant(p, extent) && p[own_extent].value <= p[extent].value;
    if (!within && !ir::same_value(p, own_extent, extent)) {
      return ir::refuse(p, text{} << s << ": dimension " << d << " of " << name << " is not known to be as long as "
                                  << p[match.of_dimension[d]].name << " of " << s.tensor << "; compute_at(" << name
                                  << ", ...) may serve");
    }
    for (ir::linear::term const& t : part.at[d].low.terms) {
      std::int64_t const by = t.factor < 0 ? -t.factor : t.factor;
      if (p[t.atom].what != ir::op::counter || (is_number(part.at[d].excess) && by > part.at[d].excess.constant))
        continue;
      side_by_side = false;
    }
  }
  for (ir::node_id id : stores) side_by_side &= detail::fills(p, id, loop, part);
  if (!side_by_side) {
    return ir::refuse(p, text{} << s << ": the parts of " << name << " that turns of " << s.loops[0]
                                << " make are not known to lie side by side; split by a number that divides");
  }

  ir::node_id condition = ir::node_id::none;
  for (int d = 0; d < part.rank; ++d) {
    condition = ir::add_both(p, condition, restrict_axis(p, match.of_dimension[d], part.at[d]));
  }
  guard_stores(p, made.nest, condition);
  take_out(p, made.nest);
  ir::node_id const body = ir::add_block(p, p[loop].a, made.nest);
  p[loop].a = body;
  bool const alone = p[source].use == ir::role::temporary && producer.allocate != ir::node_id::none &&
                     reader_outside(p, source, made.nest) == ir::buffer_id::none;
  if (alone && ir::contains(p, producer.allocate, loop)) {
    narrow(p, source, part);
    ir::replace(p, producer.allocate, p[producer.allocate].a);
    p[producer.allocate].a = p[loop].a;
    p[loop].a = producer.allocate;
  }
  return p;
}

}  // namespace tenon::lower
