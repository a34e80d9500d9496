#include <tenon/target/cuda/execute/warp.hpp>

#include <cmath>
#include <random>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"
#include "support/emulated.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

TEST_CASE("warp: products of matrices whose sizes no tile divides") {
  for (unsigned seed = 1; seed <= 6; ++seed) CHECK(emulated::disagreement<gemm_bf16<33, 17, 50>>(seed) == "");
}

TEST_CASE("warp: several blocks, and the second factor lying across") {
  using across = mma_gemm<130, 72, 96, true, bfloat16, float>;
  for (unsigned seed : {1u, 2u}) CHECK(emulated::disagreement<across>(seed) == "");
}

TEST_CASE("warp: another type of the factors is another instruction") {
  for (unsigned seed : {1u, 2u}) CHECK(emulated::disagreement<mma_gemm<20, 9, 33, false, half>>(seed) == "");
}

/// A tile of one warp, whose factors lie in the memory of the GPU.
struct one_warp {
  axis<"i", 16> i;
  axis<"j", 8> j;
  axis<"k", 64> k;
  tensor<"x", bfloat16, 16, 64> x;
  tensor<"w", bfloat16, 64, 8> w;
  tensor<"y", float, 16, 8> y;
  constexpr auto define() const { return y(i, j) = sum(k, cast<float>(w(k, j)) * cast<float>(x(i, k))); }
  constexpr auto schedule(cuda_target) const {
    return steps(split(i, 8), split(j, 2), split(k, 16), reorder(k.outer, i.inner, j.outer, i.outer, j.inner, k.inner),
                 bind(i.inner, thread_y), bind(j.outer, thread_x), unroll(i.outer), unroll(j.inner),
                 tensorize(i.inner, "mma_m16n8k16_bf16"));
  }
};

TEST_CASE("warp: factors that lie anywhere, and stand the other way round") {
  for (unsigned seed : {1u, 2u, 3u}) CHECK(emulated::disagreement<one_warp>(seed) == "");
}

TEST_CASE("warp: strips whose rows lie at multiples of 16 bytes, of 4, and anyhow") {
  for (unsigned seed : {1u, 2u}) {
    CHECK(emulated::disagreement<padded_tile<8>>(seed) == "");
    CHECK(emulated::disagreement<padded_tile<2>>(seed) == "");
    CHECK(emulated::disagreement<padded_tile<1>>(seed) == "");
  }
}

/// Sums of fractions, which are rounded, held to sums in double.
TEST_CASE("warp: fractions") {
  constexpr int m = 20, n = 9, depth = 70;
  array<bfloat16> x(m, depth), w(n, depth);
  array<float> b(n), y(m, n);
  std::mt19937 chance(5);
  auto const draw = [&] { return bfloat16(static_cast<float>(chance() % 2000) / 1000.0F - 1.0F); };
  for (int k = 0; k < depth; ++k) {
    for (int i = 0; i < m; ++i) x(i, k) = draw();
    for (int j = 0; j < n; ++j) w(j, k) = draw();
  }
  for (int j = 0; j < n; ++j) b(j) = 3;
  cuda::emulated<mma_gemm<m, n, depth, false, bfloat16, float>>{3}(x, w, b, y);
  double most = 0;
  for (int i = 0; i < m; ++i) {
    for (int j = 0; j < n; ++j) {
      double sum = 3;
      for (int k = 0; k < depth; ++k)
        sum += static_cast<double>(static_cast<float>(x(i, k))) * static_cast<double>(static_cast<float>(w(j, k)));
      most = std::fmax(most, std::fabs(std::fmax(sum, 0) - static_cast<double>(y(i, j))));
    }
  }
  CHECK(most < 1e-5);
}

}  // namespace
