#pragma once

#include <cstdint>

#include <tenon/schedule/step.hpp>

namespace tenon {

/// Does the last iteration (or iterations) of the loop apart, so that the others need no conditions.
constexpr step peel(loop_name const& loop) {
  step made{.what = action::peel};
  made.loops.push_back(loop);
  return made;
}
constexpr step peel(loop_name const& loop, std::int64_t last) {
  step made = peel(loop);
  made.numbers.push_back(last);
  return made;
}

}  // namespace tenon
