// expect: vectorize(j): it stands inside i, which is vectorized; reorder them, or take back that one with serial(i)
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  axis<"j", 64> j;
  tensor<"x", float, 64, 64> x;
  tensor<"y", float, 64, 64> y;

  constexpr auto define() const { return y(i, j) = 2 * x(i, j); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(unroll(i), vectorize(j)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(vectorize(i), vectorize(j)); }
#endif
};

cpu::kernel<refused> run;
