// expect: this operator: it says nothing about a GPU; write constexpr auto schedule(cuda_target) const
#include <tenon/cuda.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }

#ifdef CORRECTED
  constexpr auto schedule(cuda_target) const { return steps(bind(i, thread_x)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(vectorize(i)); }
#endif
};

cuda::kernel<refused> run;
