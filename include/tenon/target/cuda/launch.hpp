#pragma once

#if defined(__CUDACC__)

#include <cstddef>
#include <cstdint>
#include <exception>
#include <utility>

#include <cuda_runtime.h>

#include <tenon/target/cuda/launch_data.hpp>
#include <tenon/target/cuda/plan.hpp>

// nvcc reads a file for the GPU once and for the host twice, and each reading gets what it needs.
#if defined(__CUDA_ARCH__)
#include <tenon/target/cuda/device.hpp>
#include <tenon/target/cuda/execute.hpp>
#else
#include <tenon/language/argument_error.hpp>
#include <tenon/language/check_arguments.hpp>
#include <tenon/language/gather_arguments.hpp>
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

// Of template arguments only a named struct comes through to the code that nvcc writes for the host.
template <class Op>
__global__ void __launch_bounds__(static_cast<int>(plan<Op>::where.threads.thread_count()))
    run_on_device([[maybe_unused]] __grid_constant__ launch_data_of<plan<Op>> const given) {
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
launch_data_of<plan<Op>> data_for(argument* all) {
  using k = plan<Op>;
  static constexpr signature wanted = expected_by<k>;
  constexpr int count = argument_count<Op>;
  std::int64_t parameters[13]{};
  if (fault const found = numbers_of_the_host(wanted, all, count)) raise(found);
  if (fault const found = check_arguments(wanted, all, count, parameters)) raise(found);
  launch_data_of<k> data{};
  for (int n = 0; n < count; ++n) {
    data.data[n + 1] = const_cast<void*>(all[n].address());
    if constexpr (any_strided(k::program)) {
      for (int d = 0; d < all[n].rank; ++d) data.strides[n + 1][d] = all[n].strides[d];
    }
  }
  for (int q = 1; q <= parameters_of(k::program); ++q) data.parameters[q] = parameters[q];
  return data;
}

}  // namespace detail
#endif

/// Starts the kernel of an operator.
template <class Op, class... Arguments>
void launch(cudaStream_t stream, [[maybe_unused]] Arguments&&... given) {
#if defined(__CUDA_ARCH__)
  run_on_device<Op><<<1, 1, 0, stream>>>(launch_data_of<plan<Op>>{});  // never run: so that its code is made
#else
  argument all[argument_count<Op> + 1];
  gather_arguments<Op>(all, std::forward<Arguments>(given)...);
  constexpr grid g = plan<Op>::where.threads;
  constexpr auto size = [](std::int64_t n) { return static_cast<unsigned>(n); };
  run_on_device<Op>
      <<<dim3(size(g.blocks[0]), size(g.blocks[1]), size(g.blocks[2])),
         dim3(size(g.threads[0]), size(g.threads[1]), size(g.threads[2])), 0, stream>>>(detail::data_for<Op>(all));
  if (cudaError_t const code = cudaGetLastError(); code != cudaSuccess) throw launch_error(code);
#endif
}

}  // namespace tenon::cuda

#endif
