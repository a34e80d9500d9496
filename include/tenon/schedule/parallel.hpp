#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// Shares the iterations of the loop among threads.
constexpr step parallel(loop_name const& loop) {
  step made{.what = action::parallel};
  made.loops.push_back(loop);
  return made;
}

}  // namespace tenon
