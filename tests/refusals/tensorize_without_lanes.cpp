// expect: tensorize(i.inner, mma_m16n8k16_bf16): the instruction is done by threads together, those of row along thread_y; say bind(i.inner, thread_y) before
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
  constexpr auto schedule(cuda_target) const {
    auto const loops =
        steps(split(i, 8), split(j, 2), split(k, 16), reorder(k.outer, i.inner, j.outer, i.outer, j.inner, k.inner),
              unroll(i.outer), unroll(j.inner));
#ifdef CORRECTED
    auto const lanes = steps(bind(i.inner, thread_y), bind(j.outer, thread_x));
#else
    auto const lanes = steps(bind(j.outer, thread_x));
#endif
    return steps(loops, lanes, tensorize(i.inner, "mma_m16n8k16_bf16"));
  }
};

cuda::kernel<refused> run;
