// expect: parallel(i): it stands around j, which is parallel; reorder them
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  axis<"j", 64> j;
  tensor<"x", float, 64, 64> x;
  tensor<"y", float, 64, 64> y;

  constexpr auto define() const { return y(i, j) = 2 * x(i, j); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(fuse(i, j), parallel(loop_name{.loop = "i.j"})); }
#else
  constexpr auto schedule(cpu_target) const { return steps(parallel(j), parallel(i)); }
#endif
};

cpu::kernel<refused> run;
