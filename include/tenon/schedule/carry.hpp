#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// Turns the reduction loop `k` around the loop `around`: between its turns the partial results rest in the output.
/// The order in which terms are added stays; partial sums are rounded to the output's type only if that is the sum's own.
constexpr step carry(loop_name const& k, loop_name const& around) {
  step made{.what = action::carry};
  made.loops.push_back(k);
  made.loops.push_back(around);
  return made;
}

}  // namespace tenon
