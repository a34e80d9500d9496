#pragma once

#include <concepts>

#include <tenon/schedule/step.hpp>

namespace tenon {

/// Puts loops of one nest into this order, outermost first. A loop that is not named follows the named loop it stood in.
/// Loops that come to stand inside a reduction's loop keep one partial result for each of their iterations. Where two
/// loops of one reduction change places, the order of its terms changes, and so does a floating-point sum.
template <std::convertible_to<loop_name>... Loops>
constexpr step reorder(Loops const&... loops)
  requires(sizeof...(Loops) >= 2 && sizeof...(Loops) <= 10)
{
  step made{.what = action::reorder};
  (made.loops.push_back(loops), ...);
  return made;
}

}  // namespace tenon
