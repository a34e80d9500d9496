// expect: bind(i, block_x): a CPU has no blocks and threads of a grid; say parallel(i)
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(parallel(i)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(bind(i, block_x)); }
#endif
};

cpu::kernel<refused> run;
