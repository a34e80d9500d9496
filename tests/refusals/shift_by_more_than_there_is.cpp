// expect: split(i, 300, tail::shift): i runs 256 times, less than one tile; take a factor of at most 256
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(split(i, 100, tail::shift)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(split(i, 300, tail::shift)); }
#endif
};

cpu::kernel<refused> run;
