#pragma once

#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/lower/stage.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

/// The one loop that a placing step names and that holds all reads of its tensor, or why there is none.
struct reading_loop {
  ir::node_id loop = ir::node_id::none;
  refusal refused{};
};

/// The loop that `s` names, for placing the temporary `tensor` in it.
constexpr reading_loop find_reading_loop(ir::program const& p, step const& s, ir::buffer_id tensor) {
  reading_loop found{};
  text& why = found.refused.sentence;
  ir::role const use = p[tensor].use;
  if (use != ir::role::temporary || p[tensor].accumulates) {
    why << s << ": " << s.tensor;
    if (use == ir::role::input) {
      why << " is handed to the operator, not computed by it; cache(" << s.tensor << ", ...) copies a part of it";
    } else if (ir::is_written(use)) {
      why << " is an output, all of which the caller wants; only what lies between stages can be placed in a loop";
    } else {
      why << " is an accumulator, which moves with its reduction; place the tensor that it is part of";
    }
    return found;
  }
  named_axes const named = find_axes(p, s, s.loops[0]);
  if (named.refused) {
    found.refused = named.refused;
    return found;
  }
  if (p[named.only()].stage == tensor) {
    why << s << ": " << s.loops[0] << " is a loop of " << s.tensor << " itself; name a loop of a stage that reads "
        << s.tensor;
    return found;
  }
  static_vector<ir::node_id, 96> loops{};
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what != ir::op::loop) return;
    for (ir::axis_id a : named.axes) {
      if (p[id].axis() == a) loops.push_back(id);
    }
  });
  for (ir::node_id loop : loops) {
    if (loads_of(p, tensor, loop) == 0) continue;
    if (found.loop != ir::node_id::none) {
      why << s << ": " << s.tensor << " is read in several loops called " << s.loops[0]
          << "; place it before they are taken apart: split with tail::guard, and peel(" << s.loops[0]
          << ") afterwards";
      return found;
    }
    found.loop = loop;
  }
  if (found.loop == ir::node_id::none) {
    why << s << ": " << s.tensor << " is not read in loop " << s.loops[0] << "; name a loop around its reads";
    return found;
  }
  ir::buffer_id const other = reader_outside(p, tensor, found.loop);
  if (other != ir::buffer_id::none) {
    why << s << ": " << s.tensor << " is read by " << p[other].name << ", outside of loop " << s.loops[0]
        << ", too; name a loop around all reads, or leave it at the root";
    return found;
  }
  if (p[p[found.loop].axis()].kind == ir::loop_kind::vectorized) {
    why << s << ": " << s.loops[0] << " is vectorized, and its turns are one; name a loop around it";
  }
  return found;
}

}  // namespace tenon::lower
