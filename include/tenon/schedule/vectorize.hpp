#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// Does all iterations of the loop at once, in the lanes of vectors. Over a reduction's loop the lanes are added up at its end.
constexpr step vectorize(loop_name const& loop) {
  step made{.what = action::vectorize};
  made.loops.push_back(loop);
  return made;
}

}  // namespace tenon
