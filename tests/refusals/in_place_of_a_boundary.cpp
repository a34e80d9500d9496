// expect: in_place(y): t is read only where a condition holds, and elsewhere no element may be there to compute in
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  tensor<"x", int, 64> x;
  temporary<"t", int, 64> t;
  tensor<"y", int, 64> y;

  constexpr auto schedule(cpu_target) const { return steps(in_place(y)); }

#ifdef CORRECTED
  constexpr auto define() const { return stages(t(i) = x(i) + 1, y(i) = t(i) * 2); }
#else
  constexpr auto define() const { return stages(t(i) = x(i) + 1, y(i) = or_zero(t(i - 1)) * 2); }
#endif
};

cpu::kernel<refused> run;
