#pragma once

#include <cstdint>

#include <tenon/schedule/step.hpp>

namespace tenon {

/// A tensor of ours starts at a multiple of `bytes`, and `padding` elements that nobody uses follow each of its rows.
constexpr step align(tensor_name const& x, std::int64_t bytes, std::int64_t padding = 0) {
  step made{.what = action::align, .tensor = x};
  made.numbers.push_back(bytes);
  if (padding != 0) made.numbers.push_back(padding);
  return made;
}

}  // namespace tenon
