#pragma once

#include <cstdint>

#include <tenon/schedule/schedule.hpp>
#include <tenon/schedule/split.hpp>

namespace tenon {

/// Writes every iteration of the loop out.
constexpr step unroll(loop_name const& loop) {
  step made{.what = action::unroll};
  made.loops.push_back(loop);
  return made;
}

/// Writes `most` iterations out for each turn of a loop: splits it by that, with what is left over apart, and unrolls `i.inner`.
constexpr schedule unroll(loop_name const& loop, std::int64_t most) {
  return steps(split(loop, most, tail::peel), unroll(nested_loop<1>{loop}.inner));
}

}  // namespace tenon
