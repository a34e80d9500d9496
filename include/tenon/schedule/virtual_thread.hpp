#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// Runs the iterations of the loop as if each had a thread of its own, interleaved in one.
constexpr step virtual_thread(loop_name const& loop) {
  step made{.what = action::virtual_thread};
  made.loops.push_back(loop);
  return made;
}

}  // namespace tenon
