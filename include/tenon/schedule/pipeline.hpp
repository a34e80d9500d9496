#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// The caches filled in each turn of `loop` are filled ahead: while one turn computes, copies for the next `stages - 1` are
/// under way. Each cache takes `stages` times its memory.
constexpr step pipeline(loop_name const& loop, int stages = 2) {
  step made{.what = action::pipeline};
  made.loops.push_back(loop);
  made.numbers.push_back(stages);
  return made;
}

}  // namespace tenon
