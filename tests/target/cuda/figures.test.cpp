#include <tenon/target/cuda/figures.hpp>

#include <tenon/target/cuda/kernel.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

constexpr bool counts_what_a_thread_moves() {
  constexpr cuda::figures f = cuda::kernel<sgemm_relu<64, 64, 32>>::figures();
  return f.shared_bytes == 8192 && f.threads.thread_count() == 256 && f.barriers == 4 && f.shared_loads.of_16 == 128 &&
         f.stores == cuda::figures::moves{.of_16 = 4} && f.loads == cuda::figures::moves{.of_16 = 6, .of_4 = 8} &&
         f.flops == 64 * 64 * 32 * 2 + 2 * 64 * 64;
}

TEST_CASE("figures") { CHECK_BOTH(counts_what_a_thread_moves()); }

}  // namespace
