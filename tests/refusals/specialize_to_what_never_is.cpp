// expect: specialize(n, 0): n is never 0
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", run_time<"n">> i;
  tensor<"x", float, run_time<"n">> x;
  tensor<"y", float, run_time<"n">> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(specialize("n", 64)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(specialize("n", 0)); }
#endif
};

cpu::kernel<refused> run;
