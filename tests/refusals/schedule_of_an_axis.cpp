// expect: steps(...) holds steps, such as split(i, 8), and other schedules
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }
#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(split(i, 8)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(i, 8); }
#endif
};

cpu::kernel<refused> run;
