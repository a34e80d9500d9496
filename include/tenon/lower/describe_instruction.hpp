#pragma once

#include <cstddef>

#include <tenon/language/immediate.hpp>
#include <tenon/language/stage.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/schedule/instruction_list.hpp>

namespace tenon::lower {

/// An instruction of the user's as a value: its name, what its `define()` says, and what else it says of itself. `memories` are
/// those of its operands, in the order of the struct; `unit` does it, in `cycles`; `limits` are those of its immediates;
/// in `loops_around` loops more than its own it can repeat itself, and one that `pads` is a copy that may put zeros instead;
/// `lanes` are the coordinates of the threads that do it together, `held` is how many elements of each operand one of
/// them holds, and `turns_of` at which turns of the loops.
template <class I>
constexpr instruction describe_instruction() {
  instruction made{.name = I::name, .behaviour = &staged<I>};
  if constexpr (requires { I::memories; }) {
    for (space const& s : I::memories) made.memories.push_back(s);
  }
  if constexpr (requires { I::limits; }) {
    for (limit const& l : I::limits) made.limits.push_back(l);
  }
  if constexpr (requires { I::lanes; }) {
    for (ir::loop_kind k : I::lanes) made.lanes.push_back(k);
    for (int count : I::held) made.held.push_back(count);
    made.turns_of = &I::turns_of;
  }
  if constexpr (requires { made.unit = I::unit; }) made.unit = I::unit;
  if constexpr (requires { made.cycles = I::cycles; }) made.cycles = I::cycles;
  if constexpr (requires { I::loops_around; }) made.loops_around = I::loops_around;
  if constexpr (requires { I::pads; }) made.pads = I::pads;
  return made;
}

namespace detail {

template <class List>
struct described;
template <class... Instructions>
struct described<instruction_list<Instructions...>> {
  static constexpr std::size_t count = sizeof...(Instructions);
  static constexpr instruction all[count == 0 ? 1 : count]{describe_instruction<Instructions>()...};
};

}  // namespace detail

/// The instructions of an `instruction_list` as values, in its order.
template <class List>
constexpr list_of<instruction> describe_instructions() {
  return {detail::described<List>::all, detail::described<List>::count};
}

}  // namespace tenon::lower
