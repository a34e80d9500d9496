#pragma once

#include <cstdint>

#include <tenon/schedule/step.hpp>

namespace tenon {

/// Each turn of loop `at` asks for what `x` will give `distance` turns later.
constexpr step prefetch(tensor_name const& x, loop_name const& at, std::int64_t distance) {
  step made{.what = action::prefetch, .tensor = x};
  made.loops.push_back(at);
  made.numbers.push_back(distance);
  return made;
}

}  // namespace tenon
