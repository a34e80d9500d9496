#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// The tensor is computed at the end of each turn of `loop`, a loop of the stage that it reads: only what that turn made.
///
///     reverse_compute_at(z, y[i.outer])
constexpr step reverse_compute_at(tensor_name const& tensor, loop_name const& loop) {
  step s{.what = action::reverse_compute_at, .tensor = tensor};
  s.loops.push_back(loop);
  return s;
}

}  // namespace tenon
