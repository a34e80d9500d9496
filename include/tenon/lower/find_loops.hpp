#pragma once

#include <tenon/ir/find.hpp>
#include <tenon/lower/name.hpp>

namespace tenon::lower {

/// The loops that a name stands for, in the order in which they run, or the sentence that says why there are none.
struct named_loops {
  static_vector<ir::node_id, 64> loops{};
  ir::axis_id axis = ir::axis_id::none;  // of the first
  refusal refused{};
};

/// Whether the statement is a loop over one of the axes.
constexpr bool is_loop_over(ir::program const& p, ir::node_id id, named_axes const& axes) {
  if (p[id].what != ir::op::loop) return false;
  for (ir::axis_id a : axes.axes) {
    if (p[id].axis() == a) return true;
  }
  return false;
}

/// The loops called `name`. `s` is the line that names them.
constexpr named_loops find_loops(ir::program const& p, step const& s, loop_name const& name) {
  named_axes const axes = find_axes(p, s, name);
  named_loops found{.axis = axes.only(), .refused = axes.refused};
  if (found.refused) return found;
  bool more = false;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (!is_loop_over(p, id, axes)) return;
    more |= found.loops.full();
    if (!found.loops.full()) found.loops.push_back(id);
  });
  if (more) {
    found.refused.sentence << s << ": more than 64 loops are called " << name << "; say this before they are copied";
  }
  return found;
}

}  // namespace tenon::lower
