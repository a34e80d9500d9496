// expect: split(i, 48): i runs 256 times, and 48 does not divide 256; take a factor that divides it
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(split(i, 32)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(split(i, 48)); }
#endif
};

cpu::kernel<refused> run;
