#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// Sets the accumulators of the reduction over `k` to their start apart from the terms: for all of loop `before`, ahead of it.
constexpr step decompose(loop_name const& k, loop_name const& before) {
  step made{.what = action::decompose};
  made.loops.push_back(k);
  made.loops.push_back(before);
  return made;
}

}  // namespace tenon
