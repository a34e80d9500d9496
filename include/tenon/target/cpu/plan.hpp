#pragma once

#include <cstddef>
#include <string_view>  // and std::size

#include <tenon/ir/program.hpp>
#include <tenon/lower/default_schedule.hpp>
#include <tenon/lower/describe_instruction.hpp>
#include <tenon/lower/dot_instruction.hpp>
#include <tenon/lower/interleave_threads.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/lower/pipeline.hpp>
#include <tenon/lower/plan_memories.hpp>
#include <tenon/schedule/instruction_list.hpp>
#include <tenon/schedule/schedule.hpp>
#include <tenon/schedule/target.hpp>
#include <tenon/target/compiled/why_no_operator.hpp>
#include <tenon/target/cpu/isa.hpp>
#include <tenon/target/cpu/layout.hpp>

namespace tenon::cpu {

/// The target that a schedule sees when it is asked for one set of instructions.
constexpr cpu_target target_of(isa set) {
  isa_facts const facts = facts_of(set);
  return {.name = facts.name, .vector_bytes = facts.vector_bytes, .vector_registers = facts.vector_registers};
}

using compiled::instructions_of;

/// How the operator is arranged for one set of instructions: as it says itself, or by `lower::default_schedule`.
template <class Op, isa Set>
constexpr schedule schedule_for() {
  if constexpr (requires { Op{}.schedule(cpu_target{}); }) {
    return Op{}.schedule(target_of(Set));
  } else {
    return lower::default_schedule(staged<Op>, target_of(Set));
  }
}
template <class Op, isa Set>
inline constexpr schedule schedule_of = schedule_for<Op, Set>();

namespace detail {

/// The first of the sets compiled in that has the same schedule: what is lowered once serves all of them.
template <class Op, isa Set>
constexpr isa first_alike() {
  isa found = Set;
  auto const look = [&]<isa Other>() {
    if constexpr (holds(static_cast<unsigned>(TENON_CPU_ISAS), Other)) {
      if (found == Set && Other != Set && schedule_of<Op, Other> == schedule_of<Op, Set>) found = Other;
    }
  };
  if constexpr (Set > isa::avx512) look.template operator()<isa::avx512>();
  if constexpr (Set > isa::avx2) look.template operator()<isa::avx2>();
  if constexpr (Set > isa::sse2) look.template operator()<isa::sse2>();
  return found;
}

}  // namespace detail

namespace detail {

template <class List>
struct known;
template <class... Own>
struct known<instruction_list<Own...>> {
  static constexpr std::size_t count = 2 + sizeof...(Own);
  static constexpr lower::instruction all[count]{lower::vnni_dot4(), lower::bf16_dot2(),
                                                 lower::describe_instruction<Own>()...};
};

/// The memories of a CPU. What does not fit registers the compiler spills; a thread has no more stack than a few MiB.
inline constexpr memory memories[]{
    {.where = space::registers}, {.where = space::stack, .bytes = 1 << 20}, {.where = space::workspace}};

}  // namespace detail

/// The CPU as the steps of an operator's schedule see it: its memories, its instructions and the operator's own.
template <class Op>
constexpr lower::machine machine_for() {
  using known = detail::known<instructions_of<Op>>;
  return {.name = "a CPU",
          .memories = {detail::memories, std::size(detail::memories)},
          .instructions = {known::all, known::count}};
}

/// The program after the first `Steps` steps. One variable a step keeps each evaluation within the compilers' limits.
template <class Op, isa Set, std::size_t Steps>
inline constexpr ir::program after =
    lower::apply(after<Op, Set, Steps - 1>, schedule_of<Op, Set>.steps[Steps - 1], machine_for<Op>());
template <class Op, isa Set>
inline constexpr ir::program after<Op, Set, 0> = staged<Op>;

/// The program, refused if a temporary has no largest size: the memory a kernel works in is a constant.
constexpr ir::program with_sizes(ir::program const& p) {
  if (p.refused) return p;
  bool lives[decltype(p.buffers)::capacity]{};  // what was put where it is read has no size
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::allocate) lives[p[id].x] = true;
  });
  for (std::size_t b = p.arguments + 1u; b < p.buffers.size(); ++b) {
    if (!lives[b]) continue;
    ir::buffer const& temporary = p.buffers[b];
    for (int d = 0; d < temporary.rank; ++d) {
      if (detail::most(p, temporary.extents[d]) >= 0) continue;
      return ir::refuse(
          p, text{} << temporary.name << ": how long its dimension " << d
                    << " can get is not known; give the run-time extent a bound, run_time<\"N\", 4096>, or compute "
                    << temporary.name << " inside a loop");
    }
  }
  return p;
}

/// After all steps, with virtual threads carried out. Most programs have none, and need no copy.
template <class Op, isa Set>
inline constexpr ir::program interleaved = lower::interleave_threads(after<Op, Set, schedule_of<Op, Set>.steps.count>);
template <class Op, isa Set>
constexpr auto const& scheduled() {
  constexpr auto const& all = after<Op, Set, schedule_of<Op, Set>.steps.count>;
  if constexpr (lower::has_virtual_threads(all)) return interleaved<Op, Set>;
  else return all;
}

/// The program that code is made from.
template <class Op, isa Set>
inline constexpr ir::program lowered = with_sizes(lower::check_memories(
    lower::finish(scheduled<Op, Set>(), machine_for<Op>()), schedule_of<Op, Set>, machine_for<Op>()));

/// Vectorized loops are cut into blocks of this many bytes, on every set: smaller registers take several for a block, and the
/// compiler has no more to do for them.
inline constexpr int block_bytes = 64;

/// An operator made ready for one set of instructions: what the code of a kernel is made from, and named after.
template <class Op, isa Set>
struct plan {
  static constexpr isa set = Set;
  static constexpr isa like = detail::first_alike<Op, Set>();
  static constexpr auto const& program = lowered<Op, like>;  // auto: nvcc takes no other spelling
  static constexpr layout where = layout_of(program, block_bytes);
  using functions = functions_of<Op>;
  using own_instructions = instructions_of<Op>;
  static constexpr lower::machine machine = machine_for<Op>();
};

}  // namespace tenon::cpu
