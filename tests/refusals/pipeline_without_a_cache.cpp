// expect: pipeline(k.outer, 2): no cache is filled in each turn of k.outer; cache(x, k.outer, space::shared) makes one
#include <tenon/cuda.hpp>

using namespace tenon;

struct refused {
  axis<"i", 32> i;
  axis<"k", 64> k;
  tensor<"x", float, 32, 64> x;
  tensor<"y", float, 32> y;

  constexpr auto define() const { return y(i) = sum(k, x(i, k)); }

  constexpr auto schedule(cuda_target) const {
    auto const strips = steps(split(k, 8), reorder(k.outer, i), bind(i, thread_x));
#ifdef CORRECTED
    nested_loop<1> const row{loop_name{.loop = "d0"}};
    return steps(strips, cache(x, k.outer, space::shared), bind(cached(x)[row], thread_x), pipeline(k.outer));
#else
    return steps(strips, pipeline(k.outer));
#endif
  }
};

cuda::kernel<refused> run;
