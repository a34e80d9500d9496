// expect: vectorize(i): no loop is called i; the loops are i.outer, i.inner
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(split(i, 8), vectorize(i.inner)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(split(i, 8), vectorize(i)); }
#endif
};

cpu::kernel<refused> run;
