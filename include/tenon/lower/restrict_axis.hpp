#pragma once

#include <cstddef>

#include <tenon/ir/build.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/inside.hpp>
#include <tenon/lower/span.hpp>

/// Lets the loops over an axis run over a part of what they ran over.
namespace tenon::lower {

/// The counter of `a` runs on from `first`: whatever read it reads first + counter. Gives the new counter.
constexpr ir::node_id start_axis(ir::program& p, ir::axis_id a, ir::linear const& first) {
  std::size_t const known = p.nodes.size();
  ir::node_id const start = ir::add_linear(p, first);
  ir::node_id const counter = ir::add_counter(p, a);
  if (first == ir::linear{}) return counter;
  for (std::size_t n = 1; n < known; ++n) {
    ir::node& old = p.nodes[n];
    if (old.what == ir::op::counter && old.axis() == a) {
      old = {.what = ir::op::add, .type = ir::index_type, .a = start, .b = counter};
    }
  }
  return counter;
}

/// That `index` is a value between 0 and `extent`; none where that is so anyway.
constexpr ir::node_id inside(ir::program& p, ir::linear const& index, ir::node_id extent) {
  ir::linear const least = extreme(p, index, false);
  ir::linear const room = ir::add(p, ir::linear_of(p, extent), extreme(p, index, true), -1);
  bool const below = !is_number(least) || least.constant < 0;
  bool const above = !is_number(room) || room.constant < 1;
  ir::node_id condition = ir::node_id::none;
  for (ir::linear::term const& t : index.terms) condition = add_defined(p, condition, t.atom);
  if (!below && !above) return condition;
  ir::node_id const value = ir::add_linear(p, index);
  if (below) condition = ir::add_both(p, condition, ir::add_binary(p, ir::op::less_equal, ir::add_index(p, 0), value));
  if (above) condition = ir::add_both(p, condition, ir::add_binary(p, ir::op::less, value, extent));
  return condition;
}

/// The loops over `a` run over the part only. Gives the condition that keeps them within what they ran over before; none
/// where the part lies within it anyway.
constexpr ir::node_id restrict_axis(ir::program& p, ir::axis_id a, span const& part) {
  ir::node_id const before = p[a].extent;
  ir::linear width = part.excess;
  width.constant += 1;
  ir::node_id const extent = ir::add_linear(p, width);
  p[a].extent = extent;
  ir::linear here = part.low;
  ir::add_term(p, here, start_axis(p, a, part.low), 1);
  return inside(p, here, before);
}

}  // namespace tenon::lower
