#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// The tensor lives during each turn of `loop`, which is around the loop at which it is computed.
///
///     compute_at(bx, by[y]), store_at(bx, by[x.outer])
constexpr step store_at(tensor_name const& tensor, loop_name const& loop) {
  step s{.what = action::store_at, .tensor = tensor};
  s.loops.push_back(loop);
  return s;
}

/// The tensor lives outside of all loops.
constexpr step store_root(tensor_name const& tensor) { return {.what = action::store_at, .tensor = tensor}; }

}  // namespace tenon
