#pragma once

#include <cstddef>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

namespace detail {

/// Which inner axis is to be fused with which outer one.
struct fused_pairs {
  ir::axis_id inner_of[decltype(ir::program::axes)::capacity]{};
  ir::axis_id outer_of[decltype(ir::program::axes)::capacity]{};
  static_vector<ir::node_id, 64> loops{};  // over the outer axes
};

/// Why two loops cannot become one, or nothing.
constexpr text find_pairs(ir::program const& p, step const& s, named_axes const& outer, named_axes const& inner,
                          fused_pairs& to) {
  bool is_outer[decltype(ir::program::axes)::capacity]{};
  bool is_inner[decltype(ir::program::axes)::capacity]{};
  for (ir::axis_id a : outer.axes) is_outer[static_cast<std::size_t>(a)] = true;
  for (ir::axis_id a : inner.axes) is_inner[static_cast<std::size_t>(a)] = true;
  std::size_t inner_loops = 0;
  bool direct = true;
  bool one_to_one = true;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    ir::node const& n = p[id];
    if (n.what != ir::op::loop) return;
    if (is_inner[n.x]) ++inner_loops;
    if (!is_outer[n.x]) return;
    ir::node const& body = p[n.a];
    if (body.what != ir::op::loop || !is_inner[body.x]) {
      direct = false;
      return;
    }
    ir::axis_id& below = to.inner_of[n.x];
    ir::axis_id& above = to.outer_of[body.x];
    one_to_one &=
        (below == ir::axis_id::none || below == body.axis()) && (above == ir::axis_id::none || above == n.axis());
    below = body.axis();
    above = n.axis();
    to.loops.push_back(id);
  });
  if (!direct || !one_to_one || inner_loops != to.loops.size()) {
    return text{} << s << ": " << s.loops[1] << " does not stand directly inside " << s.loops[0]
                  << ", with nothing between them; reorder first, and fuse before what puts other statements there";
  }
  for (ir::axis_id a : outer.axes) {
    ir::axis const& o = p[a];
    ir::axis const& i = p[to.inner_of[static_cast<std::size_t>(a)]];
    if (o.reduces != i.reduces) {
      ir::axis const& reduced = o.reduces ? o : i;
      return text{} << s << ": " << reduced.name << " runs over terms of a reduction, and " << (o.reduces ? i : o).name
                    << " over elements of " << p[o.stage].name << "; fuse two of one sort";
    }
    if (o.kind != ir::loop_kind::serial || i.kind != ir::loop_kind::serial) {
      return text{} << s << ": an earlier step says how " << (o.kind != ir::loop_kind::serial ? o : i).name
                    << " runs; fuse first, then mark " << o.name.part(i.name);
    }
  }
  return {};
}

}  // namespace detail

/// Turns two loops into one over all pairs of their iterations.
///
///     for i in 0..n                for i.j in 0..n*m
///       for j in 0..m        =>      S(i.j / m, i.j % m)
///         S(i, j)
///
/// Needs: the second directly inside the first, both of a reduction or neither.
/// Keeps: every iteration, in the same order.
constexpr ir::program fuse_loops(ir::program p, step const& s) {
  named_axes const outer = find_axes(p, s, s.loops[0]);
  if (outer.refused) return ir::refuse(p, outer.refused.sentence);
  named_axes const inner = find_axes(p, s, s.loops[1]);
  if (inner.refused) return ir::refuse(p, inner.refused.sentence);
  detail::fused_pairs pairs{};
  text const why = detail::find_pairs(p, s, outer, inner, pairs);
  if (!why.empty()) return ir::refuse(p, why);
  ir::node quotient[decltype(p.axes)::capacity]{};
  ir::axis_id fused[decltype(p.axes)::capacity]{};
  for (ir::axis_id o : outer.axes) {
    ir::axis_id const i = pairs.inner_of[static_cast<std::size_t>(o)];
    ir::node_id const times = p[i].extent;
    ir::axis made = p[o];
    made.name = p[o].name.part(p[i].name);
    made.extent = ir::add_index(p, ir::op::mul, p[o].extent, times);
    ir::axis_id const both = p.add(made);
    ir::node_id const counter = ir::add_counter(p, both);
    fused[static_cast<std::size_t>(o)] = both;
    quotient[static_cast<std::size_t>(o)] = {
        .what = ir::op::floor_div, .type = ir::index_type, .a = counter, .b = times};
    quotient[static_cast<std::size_t>(i)] = {
        .what = ir::op::floor_mod, .type = ir::index_type, .a = counter, .b = times};
  }
  for (ir::node& n : p.nodes) {
    if (n.what == ir::op::counter && quotient[n.x].what != ir::op::nothing) n = quotient[n.x];
  }
  for (ir::node_id l : pairs.loops) {
    ir::node_id const body = p[p[l].a].a;
    p[l].x = static_cast<std::uint16_t>(fused[p[l].x]);
    p[l].a = body;
  }
  return p;
}

}  // namespace tenon::lower
