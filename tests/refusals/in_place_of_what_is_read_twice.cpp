// expect: in_place(y): y reads t more than once, and the first operation changes it
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  tensor<"x", int, 64> x;
  temporary<"t", int, 64> t;
  tensor<"y", int, 64> y;

  constexpr auto schedule(cpu_target) const { return steps(in_place(y)); }

#ifdef CORRECTED
  constexpr auto define() const { return stages(t(i) = x(i) + 1, y(i) = t(i) * x(i)); }
#else
  constexpr auto define() const { return stages(t(i) = x(i) + 1, y(i) = t(i) * t(i)); }
#endif
};

cpu::kernel<refused> run;
