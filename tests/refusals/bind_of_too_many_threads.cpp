// expect: this operator: a block of 2048 x 1 x 1 threads is more than 1024; split a loop that is bound to threads
#include <tenon/cuda.hpp>

using namespace tenon;

struct refused {
  axis<"i", 2048> i;
  tensor<"x", float, 2048> x;
  tensor<"y", float, 2048> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }

#ifdef CORRECTED
  constexpr auto schedule(cuda_target) const {
    return steps(split(i, 256), bind(i.outer, block_x), bind(i.inner, thread_x));
  }
#else
  constexpr auto schedule(cuda_target) const { return steps(bind(i, thread_x)); }
#endif
};

cuda::kernel<refused> run;
