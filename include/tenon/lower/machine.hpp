#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/program.hpp>
#include <tenon/schedule/step.hpp>
#include <tenon/schedule/target.hpp>
#include <tenon/support/text_view.hpp>

/// What steps know of the machine for which a program is lowered.
namespace tenon::lower {

/// The turn that each loop of an instruction is in, outermost first.
struct turns {
  std::int32_t at[6];
};

/// An instruction of a machine. `behaviour` is a staged program of one stage; its arguments are the operands. If the stage is a
/// reduction, the instruction adds to what its output holds already: it is the reduction's update. A run-time extent of the
/// behaviour, and the stride of a `strided` operand, is a number written into the instruction.
struct instruction {
  label name{};
  ir::program const* behaviour = nullptr;
  std::int64_t cycles = 1;
  label unit{};  // that does it
  static_vector<space, 6> memories{};  // where each operand has to live; none: anywhere
  static_vector<limit, 6> limits{};
  int loops_around = 0;  // in so many loops around its own it can repeat itself
  bool pads = false;  // it puts zeros where a condition does not hold
  // The outermost loops, if threads do it together: the turns of each are the threads of one coordinate. Each thread takes its
  // elements of the operands one by one, wherever these lie.
  static_vector<ir::loop_kind, 3> lanes{};
  static_vector<int, 6> held{};  // elements of each operand that one of these threads holds
  turns (*turns_of)(int operand, int row, int column, int element) = nullptr;  // at which one holds an element
};

/// A list that lies elsewhere.
template <class T>
struct list_of {
  T const* first = nullptr;
  std::size_t count = 0;

  constexpr T const* begin() const { return first; }
  constexpr T const* end() const { return first + count; }
  constexpr bool empty() const { return count == 0; }
};

/// A machine: its memories, its instructions, and its units. Without memories it is one of which nothing is known.
struct machine {
  text_view name = "this kernel";
  list_of<memory> memories{};
  list_of<instruction> instructions{};
  list_of<unit> units{};

  /// The place of the memory of that name in the list, or -1. No pointer: a sanitizer that doubts it takes it for no constant.
  constexpr int find(space const& where) const {
    for (std::size_t n = 0; n < memories.count; ++n) {
      if (memories.first[n].where == where) return static_cast<int>(n);
    }
    return -1;
  }
  /// The place of the instruction of that name in the list, or -1.
  constexpr int find_instruction(label const& called) const {
    for (std::size_t n = 0; n < instructions.count; ++n) {
      if (instructions.first[n].name == called) return static_cast<int>(n);
    }
    return -1;
  }
  /// Whether tensors of ours may live there. Where main memory is one of the machine's, the workspace is a part of it.
  constexpr bool has(space const& where) const {
    if (memories.empty() || find(where) >= 0) return where != space::main;
    return where == space::workspace && find(space::main) >= 0;
  }
};

/// The number of a name in a table of the program's, entered there if it is new; 0 if the table is full.
constexpr std::size_t entry_of(static_vector<label, 16>& table, label const& name, refusal& refused) {
  if (table.empty()) table.push_back(label{});
  for (std::size_t n = 1; n < table.size(); ++n) {
    if (table[n] == name) return n;
  }
  if (table.full()) {
    if (!refused) {
      refused.sentence << "this operator: a program names " << table.capacity - 1
                       << " kinds of instructions and of memories, and it needs more; compute it in several operators";
    }
    return 0;
  }
  table.push_back(name);
  return table.size() - 1;
}

/// The memory that a name means in a program.
constexpr ir::memory memory_of(ir::program& p, space const& where) {
  if (where.name.empty() || where == space::automatic) return ir::memory::automatic;
  if (where == space::main) return ir::memory::argument;
  if (where == space::registers) return ir::memory::registers;
  if (where == space::stack) return ir::memory::stack;
  if (where == space::workspace) return ir::memory::workspace;
  if (where == space::shared) return ir::memory::shared;
  return static_cast<ir::memory>(static_cast<std::size_t>(ir::memory::named) +
                                 entry_of(p.memories, where.name, p.refused));
}

/// The name of the memory in which a buffer lives. Main memory is one, whoever owns the tensor.
constexpr space space_of(ir::program const& p, ir::memory where) {
  switch (where) {
    case ir::memory::automatic: return space::automatic;
    case ir::memory::argument:
    case ir::memory::workspace: return space::main;
    case ir::memory::registers: return space::registers;
    case ir::memory::stack: return space::stack;
    case ir::memory::shared: return space::shared;
    default: return {p.memories[ir::entry_of(where)]};
  }
}

/// Why a step cannot put a tensor there, or nothing.
constexpr text refuse_memory(step const& s, machine const& on) {
  space const where{s.word};
  if (where.name.empty() || where == space::automatic || on.has(where)) return {};
  text sentence{};
  sentence << s << ": " << on.name << " has no memory of ours called " << where.name << "; its memories are";
  char const* separator = " ";
  for (memory const& m : on.memories) {
    if (m.where == space::main) continue;
    sentence << separator << m.where.name;
    separator = ", ";
  }
  return sentence;
}

}  // namespace tenon::lower
