#include <tenon/target/cuda/execute/tiles.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"
#include "support/emulated.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

/// 2 x 3 tiles of a warp in a loop over k, both factors of which are used again.
struct tiles_of_a_warp {
  axis<"i", 32> i;
  axis<"j", 24> j;
  axis<"k", 64> k;
  tensor<"x", bfloat16, 32, 64> x;
  tensor<"w", bfloat16, 24, 64> w;
  tensor<"y", float, 32, 24> y;

  constexpr auto define() const { return y(i, j) = sum(k, cast<float>(x(i, k)) * cast<float>(w(j, k))); }
  constexpr auto schedule(cuda_target) const {
    return steps(
        split(i, 16), split(i.inner, 8), split(j, 8), split(j.inner, 2), split(k, 16),
        reorder(k.outer, i.outer, j.outer, i.inner.inner, j.inner.outer, i.inner.outer, j.inner.inner, k.inner),
        unroll(i.outer), unroll(j.outer), bind(i.inner.inner, thread_y), bind(j.inner.outer, thread_x),
        unroll(i.inner.outer), unroll(j.inner.inner), tensorize(i.inner.inner, "mma_m16n8k16_bf16"));
  }
};

TEST_CASE("tiles: parts of operands that several products need") {
  for (unsigned seed : {1u, 2u, 3u}) CHECK(emulated::disagreement<tiles_of_a_warp>(seed) == "");
}

}  // namespace
