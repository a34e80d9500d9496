// expect: prefetch(y, i, 2): nothing inside i reads y; name a loop around its use
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  axis<"j", 64> j;
  tensor<"x", float, 64, 64> x;
  tensor<"y", float, 64, 64> y;

  constexpr auto define() const { return y(i, j) = 2 * x(i, j); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(prefetch(x, i, 2)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(prefetch(y, i, 2)); }
#endif
};

cpu::kernel<refused> run;
