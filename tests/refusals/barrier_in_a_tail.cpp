// expect: threads exchange y.sum.rf and have to meet where only some of them are, under a condition that a tail left
#include <tenon/cuda.hpp>

using namespace tenon;

struct refused {
  axis<"i", 6> i;
  axis<"k", 128> k;
  tensor<"x", float, 6, 128> x;
  tensor<"y", float, 6> y;

  constexpr auto define() const { return y(i) = sum(k, x(i, k)); }

#ifdef CORRECTED
  static constexpr int rows = 2;
#else
  static constexpr int rows = 4;  // does not divide 6
#endif
  constexpr auto schedule(cuda_target) const {
    return steps(split(k, 64), rfactor(k.inner), split(i, rows, tail::guard), bind(i.outer, block_x),
                 bind(i.inner, thread_y), bind(k.inner, thread_x));
  }
};

cuda::kernel<refused> run;
