#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include <tenon/language/argument_error.hpp>
#include <tenon/language/check_arguments.hpp>
#include <tenon/language/gather_arguments.hpp>
#include <tenon/support/granted.hpp>
#include <tenon/target/cuda/emulator/emulate.hpp>
#include <tenon/target/cuda/plan.hpp>
#include <tenon/target/cuda/why_refused.hpp>

#if defined(__CUDACC__)
#error "tenon: the emulator runs kernels on this machine; compile what includes it with g++ or clang++, not with nvcc"
#endif

namespace tenon::cuda {

/// The kernel of an operator on an emulated GPU: the same code as `cuda::kernel<Op>`, compiled for this machine, over memory of
/// this machine. Threads run in an order drawn from the seed. Slow, and strict: it throws an `emulator::finding` that names
/// block, thread and tensor where a thread reads what another one writes without a barrier between, where threads do not all
/// come to a barrier, and where an element is read that is outside of its buffer or that nothing has written.
template <class Op>
class emulated {
  TENON_GRANT(refused<Op>, Op);

 public:
  explicit emulated(unsigned seed = 1) : seed_(seed) {}

  /// Runs on these arguments, given as to `cpu::kernel`.
  template <class... Arguments>
  void operator()(Arguments&&... given) const {
    constexpr int count = argument_count<Op>;
    argument all[count + 1];
    gather_arguments<Op>(all, std::forward<Arguments>(given)...);
    if constexpr (sizeof...(Arguments) == count) run<plan<Op>>(all);
  }

  /// Runs another kernel of the same arguments: a plan that was changed.
  template <class K>
  void run(argument* all) const {
    constexpr int count = argument_count<Op>;
    emulator::launch<K> data{};
    std::int64_t parameters[13]{};
    if (fault const found = check_arguments(expected_by<K>, all, count, parameters)) raise(found);
    for (int q = 1; q <= parameters_of(K::program); ++q) data.given.parameters[q] = parameters[q];
    for (int n = 0; n < count; ++n) {
      auto const at = static_cast<std::size_t>(n + 1);
      data.given.data[at] = const_cast<void*>(all[n].address());
      std::int64_t span = 1;
      for (int d = 0; d < all[n].rank; ++d) {
        if constexpr (any_strided(K::program)) data.given.strides[at][d] = all[n].strides[d];
        span = all[n].extents[d] == 0 || span == 0 ? 0 : span + (all[n].extents[d] - 1) * all[n].strides[d];
      }
      data.spans[at] = span;
    }
    std::string const wrong = emulator::emulate<K>(data, seed_);
    if (!wrong.empty()) throw emulator::finding(wrong);
  }

 private:
  unsigned seed_;
};

}  // namespace tenon::cuda
