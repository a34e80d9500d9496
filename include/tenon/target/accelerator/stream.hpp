#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <tenon/ir/program.hpp>
#include <tenon/ir/spell.hpp>
#include <tenon/lower/instruction.hpp>
#include <tenon/support/granted.hpp>
#include <tenon/target/accelerator/plan.hpp>
#include <tenon/target/accelerator/site.hpp>

namespace tenon::accelerator {

/// One instruction of a stream.
template <std::size_t Operands, std::size_t Immediates>
struct record {
  std::uint16_t instruction = 0;  // its place in the target's list
  std::uint16_t site = 0;         // the statement of the program that it is, a place in `stream::statements()`
  std::array<std::int32_t, Operands> at{};  // the first element of each operand, counted from where its memory begins
  std::array<std::int32_t, Immediates>
      immediate{};  // the numbers written into it, in the order of `lower::immediates_of`
};

namespace detail {

/// The most operands and immediates that an instruction of the machine has.
struct widths {
  std::size_t operands = 0;
  std::size_t immediates = 0;
};
constexpr widths widths_of(lower::machine const& on) {
  widths most{};
  for (lower::instruction const& i : on.instructions) {
    std::size_t const operands = i.behaviour->arguments;
    std::size_t const immediates = lower::immediates_of(*i.behaviour).size();
    if (operands > most.operands) most.operands = operands;
    if (immediates > most.immediates) most.immediates = immediates;
  }
  return most;
}

/// Runs through a program and writes down the instructions from number `first` on.
template <class Record, std::size_t Count>
class recorder {
 public:
  constexpr recorder(ir::program const& program, statements const& found, std::int64_t begin)
      : p(program), all(found), first(begin) {}

  std::array<Record, Count> made{};
  std::int64_t position = 0;  // of the next instruction in the stream

  constexpr void run(ir::node_id id) {
    if (id == ir::node_id::none || position >= last()) return;
    std::int64_t const size = all.size_at[static_cast<std::size_t>(id)];
    if (size >= 0 && position + size <= first) {
      position += size;
      return;
    }
    ir::node const& n = p[id];
    switch (n.what) {
      case ir::op::block:
        run(n.a);
        run(n.b);
        break;
      case ir::op::loop: repeat(n); break;
      case ir::op::allocate: run(n.a); break;
      case ir::op::when: run(value_of(p, n.a, at) != 0 ? n.b : n.c); break;
      default:
        if (position >= first) write(static_cast<std::size_t>(all.site_at[static_cast<std::size_t>(id)]));
        ++position;
    }
  }

 private:
  constexpr std::int64_t last() const { return first + static_cast<std::int64_t>(Count); }

  constexpr void repeat(ir::node const& n) {
    std::int64_t const extent = p[p[n.axis()].extent].value;
    std::int64_t const each = all.size_at[static_cast<std::size_t>(n.a)];
    std::int64_t x = 0;
    if (each > 0 && position < first) {
      x = (first - position) / each;
      position += x * each;
    }
    for (; x < extent && position < last(); ++x) {
      at.at[n.x] = static_cast<std::int32_t>(x);
      run(n.a);
    }
  }

  constexpr void write(std::size_t number) {
    site const& s = all.all[number];
    Record& to = made[static_cast<std::size_t>(position - first)];
    to.instruction = s.instruction;
    to.site = static_cast<std::uint16_t>(number);
    for (std::size_t o = 0; o < s.operands.size(); ++o)
      to.at[o] = static_cast<std::int32_t>(value_of(p, s.operands[o].first, at));
    for (std::size_t i = 0; i < s.immediates.size(); ++i) to.immediate[i] = static_cast<std::int32_t>(s.immediates[i]);
  }

  ir::program const& p;
  statements const& all;
  std::int64_t first;
  counters at{};
};

/// Why instructions that the machine has are none of a list, or nothing.
template <class Op, class Target>
constexpr text why_no_list() {
  if constexpr (!refused<Op, Target>.empty()) {
    return refused<Op, Target>;
  } else {
    ir::program const& p = lowered<Op, Target>;
    for (site const& s : statements_of<Op, Target>.all) {
      if (s.inside == ir::node_id::none) continue;
      text sentence{};
      sentence << "this operator: " << p.instructions[p[s.at].x] << " puts zeros where ";
      ir::spell(sentence, p, s.inside);
      return sentence
             << " is false, and a list of instructions does not say where that is; copy the zeros into a tensor "
             << "of its own first";
    }
    return {};
  }
}
template <class Op, class Target>
inline constexpr text not_listed = why_no_list<Op, Target>();

/// Never full: only counts.
template <class Op, class Target>
constexpr std::size_t count_records() {
  std::int64_t const known = statements_of<Op, Target>.size_at[static_cast<std::size_t>(lowered<Op, Target>.root)];
  if (known >= 0) return static_cast<std::size_t>(known);
  recorder<record<6, 8>, 0> counting(lowered<Op, Target>, statements_of<Op, Target>, std::int64_t{1} << 60);
  counting.run(lowered<Op, Target>.root);
  return static_cast<std::size_t>(counting.position);
}

/// So many instructions are written down in one evaluation.
inline constexpr std::size_t part = 256;

template <class Op, class Target, class Record, std::size_t Part, std::size_t Count>
constexpr std::array<Record, Count> records_from() {
  recorder<Record, Count> writing(lowered<Op, Target>, statements_of<Op, Target>, Part * part);
  writing.run(lowered<Op, Target>.root);
  return writing.made;
}
template <class Op, class Target, class Record, std::size_t Part, std::size_t Count>
inline constexpr std::array<Record, Count> part_of = records_from<Op, Target, Record, Part, Count>();

template <class Op, class Target, class Record, std::size_t Size, std::size_t... Parts>
constexpr std::array<Record, Size> all_records(std::index_sequence<Parts...>) {
  std::array<Record, Size> all{};
  std::size_t next = 0;
  auto const append = [&](auto const& some) {
    for (Record const& r : some) all[next++] = r;
  };
  (append(part_of<Op, Target, Record, Parts, (Size - Parts * part < part ? Size - Parts * part : part)>), ...);
  return all;
}

/// Kept out of `stream`, so that a refused operator makes none of it.
template <class Op, class Target, bool Refused>
struct made_stream {
  static constexpr widths most = widths_of(machine_of<Target>());
  using record_type = record<most.operands, most.immediates>;
  static constexpr std::size_t size = count_records<Op, Target>();
  static constexpr std::array<record_type, size> records =
      all_records<Op, Target, record_type, size>(std::make_index_sequence<(size + part - 1) / part>{});
};
template <class Op, class Target>
struct made_stream<Op, Target, true> {
  using record_type = record<1, 1>;
  static constexpr std::size_t size = 0;
  static constexpr std::array<record_type, 0> records{};
};

}  // namespace detail

/// An operator as a sequence of instructions of a machine of the user's. All loops are written out while compiling: the
/// instructions are constants.
template <class Op, class Target>
class stream {
  TENON_GRANT((detail::not_listed<Op, Target>), Op, Target);
  using made = detail::made_stream<Op, Target, !detail::not_listed<Op, Target>.empty()>;

 public:
  using target = Target;
  using record_type = typename made::record_type;
  static constexpr std::size_t size = made::size;
  /// The instructions, in the order of the program.
  static constexpr std::array<record_type, size> const& records = made::records;

  /// The program of which they are made.
  static constexpr ir::program const& program() { return lowered<Op, Target>; }
  /// The statements of the program that are instructions, to which `record::site` counts.
  static constexpr sites const& statements() { return statements_of<Op, Target>.all; }
  static constexpr lower::machine machine() { return machine_of<Target>(); }

  /// Bytes of a memory that the stream uses.
  static constexpr std::int64_t bytes(space const& where) {
    lower::machine const on = machine();
    for (std::size_t m = 0; m < on.memories.count; ++m) {
      if (on.memories.first[m].where == where) return memory_of<Op, Target>.used[m];
    }
    return 0;
  }
  /// Where an argument begins in main memory, in bytes; -1 if there is none of that name.
  static constexpr std::int64_t address(label const& argument) {
    for (std::size_t b = 1; b <= program().arguments; ++b) {
      if (program().buffers[b].name == argument) return memory_of<Op, Target>.at[b];
    }
    return -1;
  }
};

}  // namespace tenon::accelerator
