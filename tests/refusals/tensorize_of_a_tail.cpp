// expect: tensorize(i.inner, mma_m16n8k16_bf16): the instruction has no condition; here the store has one, left by a tail; a cache of each factor would hold zeros there
#include <tenon/cuda.hpp>

using namespace tenon;

struct refused {
  axis<"i", 16> i;
  axis<"j", 8> j;
  axis<"k", 60> k;
  tensor<"x", bfloat16, 16, 60> x;
  tensor<"w", bfloat16, 8, 60> w;
  tensor<"y", float, 16, 8> y;

  constexpr auto define() const { return y(i, j) = sum(k, cast<float>(x(i, k)) * cast<float>(w(j, k))); }
  constexpr auto schedule(cuda_target) const {
    auto const loops = steps(split(i, 8), split(j, 2), split(k, 16, tail::guard),
                             reorder(k.outer, i.inner, j.outer, i.outer, j.inner, k.inner), bind(i.inner, thread_y),
                             bind(j.outer, thread_x), unroll(i.outer), unroll(j.inner));
#ifdef CORRECTED
    auto const strips = steps(cache(x, k.outer, space::shared), cache(w, k.outer, space::shared));
    return steps(loops, strips, tensorize(y[i.inner], "mma_m16n8k16_bf16"));
#else
    return steps(loops, tensorize(i.inner, "mma_m16n8k16_bf16"));
#endif
  }
};

cuda::kernel<refused> run;
