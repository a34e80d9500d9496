#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// Runs the loop plainly, one iteration after another: takes back what another step said.
constexpr step serial(loop_name const& loop) {
  step made{.what = action::serial};
  made.loops.push_back(loop);
  return made;
}

}  // namespace tenon
