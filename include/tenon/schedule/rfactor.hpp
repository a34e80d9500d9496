#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// Gives each iteration of the reduction loop `k` an accumulator of its own, so that `k` may run in parallel or as a vector;
/// the loop `k.join` combines them. It changes the order of the terms: a sum of floats is rounded differently.
constexpr step rfactor(loop_name const& k) {
  step made{.what = action::rfactor};
  made.loops.push_back(k);
  return made;
}

}  // namespace tenon
