// expect: tensorize(i.inner, mma_m16n8k16_bf16): the instruction takes 8 turns of row; i.inner runs 4 times
#include <tenon/cuda.hpp>

using namespace tenon;

struct refused {
  axis<"i", 16> i;
  axis<"j", 8> j;
  axis<"k", 64> k;
  tensor<"x", bfloat16, 16, 64> x;
  tensor<"w", bfloat16, 8, 64> w;
  tensor<"y", float, 16, 8> y;

  constexpr auto define() const { return y(i, j) = sum(k, cast<float>(x(i, k)) * cast<float>(w(j, k))); }
#ifdef CORRECTED
  static constexpr int rows = 8;
#else
  static constexpr int rows = 4;
#endif
  constexpr auto schedule(cuda_target) const {
    return steps(split(i, rows), split(j, 2), split(k, 16),
                 reorder(k.outer, i.inner, j.outer, i.outer, j.inner, k.inner), bind(i.inner, thread_y),
                 bind(j.outer, thread_x), unroll(i.outer), unroll(j.inner), tensorize(i.inner, "mma_m16n8k16_bf16"));
  }
};

cuda::kernel<refused> run;
