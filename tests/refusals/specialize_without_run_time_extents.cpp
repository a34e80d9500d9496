// expect: specialize(n, 64): no run-time extent is called n; this operator has none, and needs no such step
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(split(i, 64)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(specialize("n", 64)); }
#endif
};

cpu::kernel<refused> run;
