#pragma once

#include <tenon/analysis/cost.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/target/cuda/figures.hpp>
#include <tenon/target/cuda/plan.hpp>

namespace tenon::cuda::detail {

/// What `kernel<Op>` tells of itself.
template <class Op>
struct inspection {
  static constexpr ir::program const& program() { return plan<Op>::program; }
  static constexpr cuda::figures figures() {
    cuda::figures made = figures_of(plan<Op>::program, plan<Op>::where, machine_for<Op>());
    made.flops = analysis::cost_of(lowered<Op>).flops;
    return made;
  }
};

}  // namespace tenon::cuda::detail
