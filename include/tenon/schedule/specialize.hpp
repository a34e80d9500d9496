#pragma once

#include <concepts>
#include <cstdint>

#include <tenon/schedule/step.hpp>

namespace tenon {

/// Keeps a nest of its own for each of these values of a run-time extent, beside the one for all others.
template <std::convertible_to<std::int64_t>... Values>
constexpr step specialize(label const& extent, Values... values)
  requires(sizeof...(Values) >= 1 && sizeof...(Values) <= 4)
{
  step made{.what = action::specialize};
  made.word = extent;
  (made.numbers.push_back(static_cast<std::int64_t>(values)), ...);
  return made;
}

}  // namespace tenon
