#pragma once

#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/copy_nest.hpp>
#include <tenon/lower/extent.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/lower/simplify.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

namespace detail {

/// Every loop over the axis becomes two, beside each other: all but the last iterations, and those.
constexpr void peel_axis(ir::program& p, ir::axis_id id, std::int64_t last) {
  static_vector<ir::node_id, 64> loops{};
  ir::each_statement(p, p.root, [&](ir::node_id n) {
    if (p[n].what == ir::op::loop && p[n].axis() == id) loops.push_back(n);
  });
  ir::node_id const all = p[id].extent;
  // A run-time extent may be too short, or 0: what is peeled then is all there is.
  bool const known = ir::is_constant(p, all);
  ir::node_id main = ir::add_index(p, ir::op::sub, all, last);
  if (!known) main = ir::add_index(p, ir::op::max, main, 0);
  ir::axis made = p[id];
  made.extent = known ? ir::add_index(p, last) : ir::add_index(p, ir::op::min, all, last);
  ir::axis_id const rest = p.add(made);
  p[id].extent = main;
  nest_copy copy{p};
  copy.replace(id, ir::add_index(p, ir::op::add, ir::add_counter(p, rest), main));
  for (ir::node_id l : loops) {
    ir::node_id const apart = ir::add_loop(p, rest, copy.nest(p[l].a));
    ir::node_id const before = p.add(ir::node(p[l]));
    p[l] = {.what = ir::op::block, .a = before, .b = apart};
  }
}

}  // namespace detail

/// Does the last iterations of a loop apart, in a loop of the same name, and drops the conditions that then hold anyway.
///
///     for i in 0..n                 for i in 0..n-1
///       S(i)                =>        S(i)
///                                   for i in 0..1
///                                     S(i + n-1)
///
/// Needs: more iterations than are peeled.
/// Keeps: every iteration, in the same order.
constexpr ir::program peel_loop(ir::program p, step const& s) {
  named_axes const found = find_axes(p, s, s.loops[0]);
  if (found.refused) return ir::refuse(p, found.refused.sentence);
  std::int64_t const last = s.numbers.empty() ? 1 : s.numbers[0];
  if (last < 1) return ir::refuse(p, text{} << s << ": " << last << " iterations are none; peel at least 1");
  for (ir::axis_id a : found.axes) {
    std::int64_t const times = ir::constant_or(p, p[a].extent, last + 1);
    if (times <= last) {
      return ir::refuse(p, text{} << s << ": " << p[a].name << " runs " << times << (times == 1 ? " time" : " times")
                                  << ", and none would be left; peel fewer");
    }
  }
  for (ir::axis_id a : found.axes) detail::peel_axis(p, a, last);
  return p.refused ? p : drop_known_conditions(p);
}

}  // namespace tenon::lower
