#pragma once

#include <concepts>
#include <type_traits>

#include <tenon/ir/program.hpp>
#include <tenon/language/stage.hpp>
#include <tenon/schedule/instruction_list.hpp>
#include <tenon/schedule/schedule.hpp>
#include <tenon/support/text.hpp>
#include <tenon/support/text_view.hpp>

namespace tenon::compiled {

namespace detail {

template <class Op>
constexpr auto own_instructions() {
  if constexpr (requires { Op{}.instructions(); }) return Op{}.instructions();
  else return instruction_list<>{};
}

// Any function of that name that may be asked for a target: one for another target alone is none.
template <class Op, class Target>
concept schedules = requires(Op& op, Target t) { op.schedule(t); };

}  // namespace detail

/// The operator's own instructions, as types.
template <class Op>
using instructions_of = decltype(detail::own_instructions<Op>());

/// Why a type is no operator that a kernel for `Target`, called `name`, can be made of; or nothing.
template <class Op, class Target>
constexpr text why_no_operator(text_view name) {
  if constexpr (!std::is_aggregate_v<Op>) {
    return text{} << "this operator: it has constructors; a plain struct of axes and tensors is what a kernel takes";
  } else if constexpr (!tenon::detail::defines<Op>) {
    return text{} << "this operator: it has no function define() that says what it computes; write constexpr auto "
                     "define() const { return y(i, j) = ...; }";
  } else if constexpr (!requires(Op const& op) { op.define(); }) {
    return text{}
           << "this operator: its define() cannot be called; write it without arguments and const, constexpr auto "
              "define() const { return y(i, j) = ...; }";
  } else if constexpr (!tenon::detail::definition<tenon::detail::definition_of<Op>>) {
    return text{}
           << "this operator: its define() computes nothing; let it return a stage, y(i, j) = ..., or stages(...)";
  } else if constexpr (detail::schedules<Op, Target> && !requires(Op const& op, Target t) {
                         { op.schedule(t) } -> std::same_as<schedule>;
                       }) {
    return text{} << "this operator: its schedule() gives no list of steps; write constexpr auto schedule(" << name
                  << ") const { return steps(...); }";
  } else if constexpr (!detail::schedules<Op, Target> && requires(Op const& op) { op.schedule(); }) {
    return text{} << "this operator: its schedule() does not say for which target; write constexpr auto schedule("
                  << name << ") const { return steps(...); }";
  } else {
    return {};
  }
}

}  // namespace tenon::compiled
