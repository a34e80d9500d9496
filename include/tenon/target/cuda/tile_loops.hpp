#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/match_instruction.hpp>
#include <tenon/target/cuda/instructions.hpp>

namespace tenon::cuda {

/// The loops from one that is written out down to an instruction, with nothing beside them.
struct tile_loops {
  ir::node_id instruction = ir::node_id::none;
  static_vector<ir::axis_id, 4> axes{};  // outermost first
  int extents[4]{};
  int below[4]{};       // turns of the loops inside
  int turns = 1;        // of all of them
  int step[2][4]{};     // how far the part of an operand is apart from that of the next turn; 0: it is the same
  int parts[2]{1, 1};
};

/// Those loops at node `id`, if it is the outermost of some; else without an instruction.
constexpr tile_loops tile_loops_at(ir::program const& p, ir::node_id id, lower::machine const& on) {
  tile_loops made{};
  ir::node_id at = id;
  for (; p[at].what == ir::op::loop; at = p[at].a) {
    ir::axis const& a = p[p[at].axis()];
    if (a.kind != ir::loop_kind::unrolled || !ir::is_constant(p, a.extent) || made.axes.full()) return {};
    made.extents[made.axes.size()] = static_cast<int>(ir::constant_or(p, a.extent, 1));
    made.axes.push_back(p[at].axis());
  }
  if (p[at].what != ir::op::tensorized) return {};
  lower::instruction const& done = on.instructions.first[on.find_instruction(p.instructions[p[at].x])];
  lower::instruction_match const match = lower::match_instruction(p, p[at].a, done, on);
  made.instruction = at;
  for (std::size_t n = made.axes.size(); n-- > 0;) {
    made.below[n] = made.turns;
    made.turns *= made.extents[n];
    for (std::size_t operand = 0; operand < 2; ++operand) {
      ir::access const& a = p[match.operands[operand + 1]];
      bool depends = false;
      for (int d = 0; d < a.rank; ++d) depends |= ir::depends_on(p, a.at[d], made.axes[n]);
      if (!depends) continue;
      made.step[operand][n] = made.parts[operand];
      made.parts[operand] *= made.extents[n];
    }
  }
  return made;
}

}  // namespace tenon::cuda
