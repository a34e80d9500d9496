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

/// 2 x 8 tiles of a warp, twice in each of two strips; of each tile a lane has 4 registers of one factor and 2 of the other.
/// They are fetched once for all tiles of a row or a column.
constexpr bool counts_what_a_warp_does_together() {
  constexpr cuda::figures f = cuda::kernel<gemm_bf16<128, 64, 64>>::figures();
  return f.warp_instructions == 2 * 2 * 2 * 8 && f.matrix_loads == 2 * 2 * (2 + 8) && f.shared_loads.count() == 0 &&
         f.copies == cuda::figures::moves{.of_16 = 4 * 6} && f.registers == 64 + 2 * (2 * 4 + 8 * 2) + 40;
}
/// A register full at a time, or an element: whichever lies right.
constexpr bool counts_what_lanes_load_alone() {
  return cuda::kernel<padded_tile<2>>::figures().shared_loads.of_4 == 4 * (4 + 4) &&
         cuda::kernel<padded_tile<2>>::figures().matrix_loads == 0 &&
         cuda::kernel<padded_tile<1>>::figures().shared_loads.of_4 == 4 * (8 + 4);
}

TEST_CASE("figures") {
  CHECK_BOTH(counts_what_a_thread_moves());
  CHECK_BOTH(counts_what_a_warp_does_together());
  CHECK_BOTH(counts_what_lanes_load_alone());
}

}  // namespace
