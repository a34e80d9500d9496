#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// A place in the grid of a GPU, to which a loop can be bound.
struct hardware_axis {
  label name{};
  constexpr bool operator==(hardware_axis const&) const = default;
};

inline constexpr hardware_axis block_x{"block_x"};
inline constexpr hardware_axis block_y{"block_y"};
inline constexpr hardware_axis block_z{"block_z"};
inline constexpr hardware_axis thread_x{"thread_x"};
inline constexpr hardware_axis thread_y{"thread_y"};
inline constexpr hardware_axis thread_z{"thread_z"};

/// Gives each iteration of the loop to a block or a thread of its own.
constexpr step bind(loop_name const& loop, hardware_axis const& to) {
  step made{.what = action::bind};
  made.loops.push_back(loop);
  made.word = to.name;
  return made;
}

}  // namespace tenon
