#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// Turns two loops, the second directly inside the first, into one called `i.j`.
constexpr step fuse(loop_name const& outer, loop_name const& inner) {
  step made{.what = action::fuse};
  made.loops.push_back(outer);
  made.loops.push_back(inner);
  return made;
}

}  // namespace tenon
