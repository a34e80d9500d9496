#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <tenon/analysis/cost.hpp>
#include <tenon/support/granted.hpp>
#include <tenon/target/cuda/figures.hpp>
#include <tenon/target/cuda/plan.hpp>
#include <tenon/target/cuda/why_refused.hpp>
#if defined(__CUDACC__)
#include <tenon/target/cuda/launch.hpp>
#endif

namespace tenon::cuda {

/// An operator made ready for a GPU. What it is and costs can be asked anywhere; nvcc compiles the code and can run it.
template <class Op>
class kernel {
  TENON_GRANT(refused<Op>, Op);

 public:
  /// The program that became code; `<tenon/target/cuda/report.hpp>` shows it and its figures as text.
  static constexpr ir::program const& program() { return plan<Op>::program; }
  /// What it does and needs, as constants.
  static constexpr cuda::figures figures() {
    cuda::figures made = figures_of(plan<Op>::program, plan<Op>::where, machine_for<Op>());
    made.flops = analysis::cost_of(lowered<Op>).flops;
    return made;
  }

#if defined(__CUDACC__)
  /// Runs on these arguments, given as to `cpu::kernel`, whose elements are in memory of the GPU: `view(pointer, {m, n})`. Throws
  /// `argument_error` for arguments it cannot take, and `launch_error` for what CUDA says.
  template <class... Arguments>
  void operator()(Arguments&&... given) const {
    run(cudaStream_t{}, std::forward<Arguments>(given)...);
  }
  /// The same on a stream.
  template <class... Arguments>
  void run(cudaStream_t stream, Arguments&&... given) const {
    launch<Op>(stream, std::forward<Arguments>(given)...);
  }
#endif
};

}  // namespace tenon::cuda
