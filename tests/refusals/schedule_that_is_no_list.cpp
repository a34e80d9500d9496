// expect: this operator: its schedule() gives no list of steps; write constexpr auto schedule(cpu_target) const
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }
#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(vectorize(i)); }
#else
  constexpr auto schedule(cpu_target) const { return vectorize(i); }
#endif
};

cpu::kernel<refused> run;
