#pragma once

#include <concepts>
#include <cstddef>
#include <type_traits>

#include <tenon/analysis/bounds.hpp>
#include <tenon/analysis/coverage.hpp>
#include <tenon/language/stage.hpp>
#include <tenon/lower/interleave_threads.hpp>
#include <tenon/lower/pipeline.hpp>
#include <tenon/lower/plan_memories.hpp>
#include <tenon/schedule/schedule.hpp>
#include <tenon/target/accelerator/machine.hpp>
#include <tenon/target/accelerator/statements.hpp>

/// An operator on its way to a machine of the user's: a variable for each step keeps each evaluation within the compilers' limits.
namespace tenon::accelerator {

/// How the operator is arranged for the machine, as it says itself.
template <class Op, class Target>
inline constexpr schedule schedule_of = Op{}.schedule(Target{});

/// The program after the first `Steps` steps.
template <class Op, class Target, std::size_t Steps>
inline constexpr ir::program after =
    lower::apply(after<Op, Target, Steps - 1>, schedule_of<Op, Target>.steps[Steps - 1], machine_of<Target>());
template <class Op, class Target>
inline constexpr ir::program after<Op, Target, 0> = staged<Op>;

/// The same with virtual threads carried out.
template <class Op, class Target>
inline constexpr ir::program interleaved =
    lower::interleave_threads(after<Op, Target, schedule_of<Op, Target>.steps.count>, machine_of<Target>());

/// The program whose statements become instructions.
template <class Op, class Target>
inline constexpr ir::program lowered = lower::check_memories(
    lower::finish(interleaved<Op, Target>, machine_of<Target>()), schedule_of<Op, Target>, machine_of<Target>());

/// Where its tensors lie.
template <class Op, class Target>
inline constexpr lower::memory_plan memory_of = lower::plan_memories(lowered<Op, Target>, machine_of<Target>());

/// Its statements.
template <class Op, class Target>
inline constexpr statements statements_of =
    find_statements(lowered<Op, Target>, machine_of<Target>(), memory_of<Op, Target>, schedule_of<Op, Target>);

namespace detail {

template <class Op, class Target>
inline constexpr text outside = analysis::out_of_bounds(lowered<Op, Target>).sentence;
template <class Op, class Target>
inline constexpr analysis::proof covered = analysis::covers(lowered<Op, Target>);

template <class Op, class Target>
constexpr text why_refused() {
  constexpr text flaw = flaw_of(machine_of<Target>());
  if constexpr (!flaw.empty()) {
    return flaw;
  } else if constexpr (staged<Op>.refused) {
    return staged<Op>.refused.sentence;
  } else if constexpr (!requires(Op const& op) {
                         { op.schedule(Target{}) } -> std::same_as<schedule>;
                       }) {
    return text{} << "this operator: it has no schedule for "
                  << detail::name_of<Target> << ", which says what its instructions do; write constexpr auto schedule("
                  << detail::name_of<Target> << ") const { return steps(...); }";
  } else if constexpr (schedule_of<Op, Target>.left_out > 0) {
    return schedule_of<Op, Target>.flaw();
  } else if constexpr (lowered<Op, Target>.refused) {
    return lowered<Op, Target>.refused.sentence;
  } else if constexpr (statements_of<Op, Target>.refused) {
    return statements_of<Op, Target>.refused.sentence;
  } else if constexpr (!outside<Op, Target>.empty()) {
    return outside<Op, Target>;
  } else if constexpr (covered<Op, Target>.is == analysis::answer::no) {
    return covered<Op, Target>.sentence;
  } else {
    return {};
  }
}

}  // namespace detail

/// Why the operator cannot become instructions of the machine, or nothing.
template <class Op, class Target>
inline constexpr text refused = detail::why_refused<Op, Target>();

}  // namespace tenon::accelerator
