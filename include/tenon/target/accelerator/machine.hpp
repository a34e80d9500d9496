#pragma once

#include <cstddef>
#include <string_view>  // std::size
#include <type_traits>

#include <tenon/ir/find.hpp>
#include <tenon/lower/describe_instruction.hpp>
#include <tenon/lower/instruction.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/schedule/instruction_list.hpp>

/// A machine of the user's. `Target` is a struct with
///
///     static constexpr label name = "...";
///     static constexpr memory memories[]{{.where = space::main}, ...};
///     static constexpr unit units[]{...};                  // where several do instructions at the same time
///     using instructions = instruction_list<...>;
namespace tenon::accelerator {

namespace detail {

template <class I, class... All>
constexpr int place_among(instruction_list<All...>) {
  int place = -1;
  int at = 0;
  ((place = std::is_same_v<I, All> ? at : place, ++at), ...);
  return place;
}

template <class Target>
inline constexpr label name_of = Target::name;

template <class Target>
constexpr lower::list_of<unit> units_of() {
  if constexpr (requires { Target::units; }) return {Target::units, std::size(Target::units)};
  else return {};
}

}  // namespace detail

/// The machine as a value.
template <class Target>
constexpr lower::machine machine_of() {
  constexpr lower::list_of<lower::instruction> known = lower::describe_instructions<typename Target::instructions>();
  static_assert(known.count > 0, "tenon: a machine has at least one instruction");
  static_assert(std::size(Target::memories) <= 8, "tenon: a machine has at most 8 memories");
  return {.name = detail::name_of<Target>,
          .memories = {Target::memories, std::size(Target::memories)},
          .instructions = known,
          .units = detail::units_of<Target>()};
}

/// The number that stands for an instruction in records.
template <class Target, class I>
inline constexpr int number_of = detail::place_among<I>(typename Target::instructions{});

/// What is wrong with a machine's description, or nothing.
constexpr text flaw_of(lower::machine const& on) {
  auto const is_unit = [&](label const& name) {
    bool found = on.units.empty();
    for (unit const& u : on.units) found |= u.name == name;
    return found;
  };
  auto const say = [&] { return text{} << "machine " << on.name << ": "; };
  if (on.find(space::main) < 0)
    return say() << "it has no main memory, where arguments live; add {.where = space::main} to its memories";
  if (on.units.count > 8) return say() << "it has " << on.units.count << " units, and at most 8 can be told apart";
  for (memory const& m : on.memories) {
    if (m.block < 1 || m.alignment < 1)
      return say() << m.where.name << " has blocks or an alignment of less than a byte";
    for (label const& u : m.reached_by) {
      if (!is_unit(u)) return say() << m.where.name << " is reached by " << u << ", which is none of its units";
    }
  }
  for (lower::instruction const& i : on.instructions) {
    if (i.behaviour->refused) return say() << i.name << ": " << i.behaviour->refused.sentence;
    if (!is_unit(i.unit)) {
      return i.unit.empty() ? say() << i.name << " does not say which unit does it"
                            : say() << i.name << " is done by " << i.unit << ", which is none of its units";
    }
    if (i.behaviour->arguments > 6) {
      return say() << i.name << " has " << i.behaviour->arguments << " operands, and at most 6 can be told apart";
    }
    int loops = 0;
    ir::each_statement(*i.behaviour, i.behaviour->root,
                       [&](ir::node_id id) { loops += (*i.behaviour)[id].what == ir::op::loop; });
    if (loops > 6) return say() << i.name << " has " << loops << " loops, and at most 6 can be told apart";
    std::size_t const numbers = lower::immediates_of(*i.behaviour).size();
    if (numbers > 8) return say() << i.name << " has more than 8 immediates";
    if (!i.memories.empty() && i.memories.size() != i.behaviour->arguments) {
      return say() << i.name << " has " << i.behaviour->arguments << " operands and names the memories of "
                   << i.memories.size();
    }
    for (space const& s : i.memories) {
      if (!s.name.empty() && on.find(s) < 0)
        return say() << i.name << " takes an operand from " << s.name << ", which is none of its memories";
    }
  }
  return {};
}

}  // namespace tenon::accelerator
