#pragma once

#include <cstdint>

#include <tenon/schedule/step.hpp>

namespace tenon {

/// How many pieces a loop is cut into, where `split` is told that and not how long a piece is.
struct parts {
  std::int64_t count = 1;
  constexpr explicit parts(std::int64_t n) : count(n) {}
};

/// Turns the loop into two: `i.outer`, and inside it `i.inner`, which runs `factor` times.
constexpr step split(loop_name const& loop, std::int64_t factor, tail policy = tail::exact) {
  step made{.what = action::split, .policy = policy};
  made.loops.push_back(loop);
  made.numbers.push_back(factor);
  return made;
}

/// Turns the loop into two: `i.outer`, which runs once for each of the parts, and inside it `i.inner`.
constexpr step split(loop_name const& loop, parts pieces, tail policy = tail::exact) {
  step made{.what = action::split_parts, .policy = policy};
  made.loops.push_back(loop);
  made.numbers.push_back(pieces.count);
  return made;
}

}  // namespace tenon
