#pragma once

#include <tenon/ir/program.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/lower/stage.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

/// Confirms that a stage stands beside the others, as the language put it there.
///
/// Needs: that no earlier step moved the stage; a part of a tensor is not made whole again.
/// Keeps: everything.
constexpr ir::program compute_root(ir::program p, step const& s) {
  ir::buffer_id const tensor = find_buffer(p, s.tensor);
  if (tensor == ir::buffer_id::none) return refuse_unknown_tensor(p, s);
  stage const made = find_stage(p, tensor);
  if (!made.found()) return ir::refuse(p, text{} << s << ": no stage computes " << s.tensor << "; leave this step out");
  if (!made.at_root) {
    return ir::refuse(p, text{} << s << ": an earlier step computes " << s.tensor
                                << " in another loop; leave that step out");
  }
  return p;
}

}  // namespace tenon::lower
