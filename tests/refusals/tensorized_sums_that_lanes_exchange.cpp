// expect: place(t, space::registers): threads read of t what others wrote, and each has registers of its own; take space::shared
#include <tenon/cuda.hpp>

using namespace tenon;

struct refused {
  axis<"i", 16> i;
  axis<"j", 8> j;
  axis<"k", 64> k;
  tensor<"x", bfloat16, 16, 64> x;
  tensor<"w", bfloat16, 8, 64> w;
  temporary<"t", float, 16, 8> t;
  tensor<"y", float, 16, 8> y;
  constexpr auto define() const {
    return stages(t(i, j) = sum(k, cast<float>(x(i, k)) * cast<float>(w(j, k))), y(i, j) = t(i, 7 - j));
  }
#ifdef CORRECTED
  static constexpr space where = space::shared;
#else
  static constexpr space where = space::registers;
#endif
  constexpr auto schedule(cuda_target) const {
    return steps(split(t[i], 8), split(t[j], 2), split(k, 16),
                 reorder(k.outer, t[i.inner], t[j.outer], t[i.outer], t[j.inner], k.inner), bind(t[i.inner], thread_y),
                 bind(t[j.outer], thread_x), unroll(t[i.outer]), unroll(t[j.inner]), split(y[i], 8), split(y[j], 2),
                 reorder(y[i.inner], y[j.outer], y[i.outer], y[j.inner]), bind(y[i.inner], thread_y),
                 bind(y[j.outer], thread_x), unroll(y[i.outer]), unroll(y[j.inner]),
                 tensorize(t[i.inner], "mma_m16n8k16_bf16"), place(t, where));
  }
};

cuda::kernel<refused> run;
