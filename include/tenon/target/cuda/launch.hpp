#pragma once

#if defined(__CUDACC__)

#include <cstddef>
#include <cstdint>
#include <exception>
#include <utility>

#include <cuda_runtime.h>

#include <tenon/language/stage.hpp>
#include <tenon/target/cuda/launch_data.hpp>
#include <tenon/target/cuda/launch_needs.hpp>

// nvcc reads a file for the GPU once and for the host twice. The GPU's pass alone arranges the operator and makes its code; the
// host's check arguments and ask the GPU for the rest.
#if defined(__CUDA_ARCH__)
#include <tenon/target/cuda/device.hpp>
#include <tenon/target/cuda/execute.hpp>
#include <tenon/target/cuda/plan.hpp>
#else
#include <tenon/language/argument_error.hpp>
#include <tenon/language/check_arguments.hpp>
#include <tenon/language/gather_arguments.hpp>
#include <tenon/language/signature.hpp>
#endif

namespace tenon::cuda {

/// What CUDA says against a launch.
class launch_error : public std::exception {
 public:
  explicit launch_error(cudaError_t code) : code_(code) {}
  char const* what() const noexcept override { return cudaGetErrorString(code_); }
  cudaError_t code() const noexcept { return code_; }

 private:
  cudaError_t code_;
};

namespace detail {

/// An operator of which no more is known than every pass of nvcc knows.
template <class Op>
struct unarranged {
  static constexpr auto const& program = staged<Op>;  // auto: nvcc takes no other spelling
};
/// What the kernel of an operator gets. A type of its own, since a kernel is named after it.
template <class Op>
struct kernel_data : launch_data_of<unarranged<Op>> {};

#if defined(__CUDA_ARCH__)
template <class Op>
inline constexpr int threads_of_a_block = static_cast<int>(plan<Op>::where.threads.thread_count());
template <class Op>
static __device__ launch_needs needs_on_gpu = launch_needs_of(plan<Op>::program, plan<Op>::where);
#else
template <class Op>
inline constexpr int threads_of_a_block = 1024;  // not looked at here
template <class Op>
static __device__ launch_needs needs_on_gpu{};
#endif

}  // namespace detail

// Of template arguments only a named struct comes through to the code that nvcc writes for the host.
template <class Op>
__global__ void __launch_bounds__(detail::threads_of_a_block<Op>)
    run_on_device([[maybe_unused]] __grid_constant__ detail::kernel_data<Op> const given) {
#if defined(__CUDA_ARCH__)
  constexpr std::size_t bytes = plan<Op>::where.shared_bytes > 0 ? plan<Op>::where.shared_bytes : 1;
  if constexpr (plan<Op>::where.shared_bytes > 0) {
    __shared__ alignas(widest_access) std::byte memory[bytes];
    device<plan<Op>> gpu(given, memory);
    run_thread<plan<Op>>(gpu);
  } else {
    device<plan<Op>> gpu(given, nullptr);
    run_thread<plan<Op>>(gpu);
  }
#endif
}

#if !defined(__CUDA_ARCH__)
namespace detail {

inline void require(cudaError_t code) {
  if (code != cudaSuccess) throw launch_error(code);
}

/// While it lives, this thread may do what has no part in the graph that is captured.
class outside_of_captures {
 public:
  outside_of_captures() { require(cudaThreadExchangeStreamCaptureMode(&mode_)); }
  ~outside_of_captures() { static_cast<void>(cudaThreadExchangeStreamCaptureMode(&mode_)); }
  outside_of_captures(outside_of_captures const&) = delete;
  outside_of_captures& operator=(outside_of_captures const&) = delete;

 private:
  cudaStreamCaptureMode mode_ = cudaStreamCaptureModeRelaxed;
};

/// The value of a variable of the GPU. Other streams are not waited for.
template <class T>
T fetched(T const& on_gpu) {
  outside_of_captures const meanwhile;
  cudaStream_t own{};
  require(cudaStreamCreateWithFlags(&own, cudaStreamNonBlocking));
  T made{};
  cudaError_t code = cudaMemcpyFromSymbolAsync(&made, on_gpu, sizeof(T), 0, cudaMemcpyDeviceToHost, own);
  if (code == cudaSuccess) code = cudaStreamSynchronize(own);
  cudaError_t const gone = cudaStreamDestroy(own);
  require(code);
  require(gone);
  return made;
}

/// What the host knows of a kernel.
struct known_kernel {
  launch_needs needs{};
  signature wanted{};
};
/// The same of an operator's: the GPU is asked at the first call.
template <class Op>
known_kernel const& known() {
  static constexpr signature declared = signature_of(staged<Op>);
  static known_kernel const it = [] {
    launch_needs const needs = fetched(needs_on_gpu<Op>);
    return known_kernel{needs, with_alignments(declared, needs)};
  }();
  return it;
}

/// A number of this machine is nowhere on the GPU.
inline fault numbers_of_the_host(signature const& wanted, argument const* all, int count) {
  for (int n = 0; n < count; ++n) {
    if (!all[n].number) continue;
    fault found{.kind = fault_kind::unusable, .argument = n};
    found.sentence << wanted.arguments[static_cast<std::size_t>(n)].name
                   << ": a number of this machine's memory given; give a view of one element in the GPU's memory";
    return found;
  }
  return {};
}

template <class Op>
kernel_data<Op> data_for(signature const& wanted, argument* all) {
  constexpr int count = argument_count<Op>;
  std::int64_t parameters[13]{};
  if (fault const found = numbers_of_the_host(wanted, all, count)) raise(found);
  if (fault const found = check_arguments(wanted, all, count, parameters)) raise(found);
  kernel_data<Op> data{};
  for (int n = 0; n < count; ++n) {
    data.data[n + 1] = const_cast<void*>(all[n].address());
    if constexpr (any_strided(staged<Op>)) {
      for (int d = 0; d < all[n].rank; ++d) data.strides[n + 1][d] = all[n].strides[d];
    }
  }
  for (int q = 1; q <= parameters_of(staged<Op>); ++q) data.parameters[q] = parameters[q];
  return data;
}

inline dim3 as_dim3(std::int32_t const (&of)[3]) {
  return dim3(static_cast<unsigned>(of[0]), static_cast<unsigned>(of[1]), static_cast<unsigned>(of[2]));
}

}  // namespace detail
#endif

/// Starts the kernel of an operator.
template <class Op, class... Arguments>
void launch(cudaStream_t stream, [[maybe_unused]] Arguments&&... given) {
#if defined(__CUDA_ARCH__)
  // Never run: so that the code is made, and what the host asks for.
  run_on_device<Op><<<1, 1, 0, stream>>>(detail::kernel_data<Op>{});
  static_cast<void>(&detail::needs_on_gpu<Op>);
#else
  argument all[argument_count<Op> + 1];
  gather_arguments<Op>(all, std::forward<Arguments>(given)...);
  detail::known_kernel const& kernel = detail::known<Op>();
  run_on_device<Op><<<detail::as_dim3(kernel.needs.blocks), detail::as_dim3(kernel.needs.threads), 0, stream>>>(
      detail::data_for<Op>(kernel.wanted, all));
  detail::require(cudaGetLastError());
#endif
}

}  // namespace tenon::cuda

#endif
