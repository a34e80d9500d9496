#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// The tensor is computed at the start of each turn of `loop`, only the part that the turn reads.
///
///     compute_at(bx, by[y])
constexpr step compute_at(tensor_name const& tensor, loop_name const& loop) {
  step s{.what = action::compute_at, .tensor = tensor};
  s.loops.push_back(loop);
  return s;
}

}  // namespace tenon
