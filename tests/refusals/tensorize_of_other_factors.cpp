// expect: tensorize(i.inner, mma_m16n8k16_bf16): the instruction computes sum + float(bfloat16) * float(bfloat16); this nest computes sum + float(half) * float(half)
#include <tenon/cuda.hpp>

using namespace tenon;

struct refused {
#ifdef CORRECTED
  using factor = bfloat16;
#else
  using factor = half;
#endif
  axis<"i", 16> i;
  axis<"j", 8> j;
  axis<"k", 64> k;
  tensor<"x", factor, 16, 64> x;
  tensor<"w", factor, 8, 64> w;
  tensor<"y", float, 16, 8> y;

  constexpr auto define() const { return y(i, j) = sum(k, cast<float>(x(i, k)) * cast<float>(w(j, k))); }
  constexpr auto schedule(cuda_target) const {
    return steps(split(i, 8), split(j, 2), split(k, 16), reorder(k.outer, i.inner, j.outer, i.outer, j.inner, k.inner),
                 bind(i.inner, thread_y), bind(j.outer, thread_x), unroll(i.outer), unroll(j.inner),
                 tensorize(i.inner, "mma_m16n8k16_bf16"));
  }
};

cuda::kernel<refused> run;
