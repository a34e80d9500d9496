// expect: cache(y, i): y is written inside i; say which loops number the copy: cache(y, i, order(...))
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  axis<"j", 64> j;
  tensor<"x", float, 64, 64> x;
  tensor<"y", float, 64, 64> y;

  constexpr auto define() const { return y(i, j) = 2 * x(i, j); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(cache(y, i, order(j))); }
#else
  constexpr auto schedule(cpu_target) const { return steps(cache(y, i)); }
#endif
};

cpu::kernel<refused> run;
