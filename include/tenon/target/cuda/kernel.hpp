#pragma once

#include <utility>

#include <tenon/support/granted.hpp>

// nvcc reads a file three times, and each reading gets what it needs: what a kernel tells of itself is read where report.hpp is
// included, and that the operator can be arranged is proved for the GPU.
#if defined(__CUDACC__)
#include <tenon/target/cuda/launch.hpp>
#else
#include <tenon/target/cuda/inspect.hpp>
#endif
#if defined(__CUDACC__) && !defined(__CUDA_ARCH__)
#include <tenon/target/cuda/why_not_staged.hpp>
#else
#include <tenon/target/cuda/why_refused.hpp>
#endif

namespace tenon::cuda {

namespace detail {

template <class Op>
struct inspection;
template <class Op>
concept inspected = requires { sizeof(inspection<Op>); };

}  // namespace detail

/// An operator made ready for a GPU. What it is and costs can be asked anywhere; nvcc compiles the code and can run it.
template <class Op>
class kernel {
#if defined(__CUDACC__) && !defined(__CUDA_ARCH__)
  TENON_GRANT(not_staged<Op>, Op);
#else
  TENON_GRANT(refused<Op>, Op);
#endif

 public:
  /// The program that became code, an `ir::program`; `<tenon/target/cuda/report.hpp>` shows it and its figures as text. In a file
  /// that nvcc compiles, that header is what makes this and `figures` known, and every reading then arranges the operator.
  static constexpr auto const& program() {
    static_assert(detail::inspected<Op>, "tenon: #include <tenon/target/cuda/report.hpp> to ask for program()");
    return detail::inspection<Op>::program();
  }
  /// What it does and needs, as constants: `cuda::figures`.
  static constexpr auto figures() {
    static_assert(detail::inspected<Op>, "tenon: #include <tenon/target/cuda/report.hpp> to ask for figures()");
    return detail::inspection<Op>::figures();
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
