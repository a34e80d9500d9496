#pragma once

#include <tenon/language/stage.hpp>
#include <tenon/schedule/schedule.hpp>
#include <tenon/schedule/target.hpp>
#include <tenon/support/text.hpp>
#include <tenon/target/compiled/why_no_operator.hpp>

namespace tenon::cuda {

/// How the operator is arranged for a GPU.
template <class Op>
inline constexpr schedule schedule_of = Op{}.schedule(cuda_target{});

namespace detail {

template <class Op>
constexpr text why_not_staged() {
  if constexpr (constexpr text why = compiled::why_no_operator<Op, cuda_target>("cuda_target"); !why.empty()) {
    return why;
  } else if constexpr (!requires { Op{}.schedule(cuda_target{}); }) {
    return text{} << "this operator: it says nothing about a GPU; write constexpr auto schedule(cuda_target) const { "
                     "return steps(...); } and bind its loops";
  } else if constexpr (schedule_of<Op>.left_out > 0) {
    return schedule_of<Op>.flaw();
  } else {
    return staged<Op>.refused.sentence;
  }
}

}  // namespace detail

/// Why there is no step of a schedule for a GPU to carry out, or nothing: mistakes that are seen before the operator is arranged.
template <class Op>
inline constexpr text not_staged = detail::why_not_staged<Op>();

}  // namespace tenon::cuda
