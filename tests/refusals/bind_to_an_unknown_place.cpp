// expect: bind(i, warp): there is no warp; there are block_x, block_y, block_z, thread_x, thread_y and thread_z
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
  constexpr auto schedule(cpu_target) const { return steps(bind(i, hardware_axis{"warp"})); }
#endif
};

cpu::kernel<refused> run;
