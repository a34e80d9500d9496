// expect: peel(i, 256): i runs 256 times, and none would be left; peel fewer
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(peel(i, 16)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(peel(i, 256)); }
#endif
};

cpu::kernel<refused> run;
