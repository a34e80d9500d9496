// expect: split(i, 0): a loop cannot be cut into 0; take at least 1
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(split(i, 8)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(split(i, 0)); }
#endif
};

cpu::kernel<refused> run;
