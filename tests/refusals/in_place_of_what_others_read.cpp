// expect: in_place(y): z reads t too, and would find it changed; y has to be its only reader
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  tensor<"x", int, 64> x;
  temporary<"t", int, 64> t;
  tensor<"y", int, 64> y;
  tensor<"z", int, 64> z;

  constexpr auto schedule(cpu_target) const { return steps(in_place(y)); }

#ifdef CORRECTED
  constexpr auto define() const { return stages(t(i) = x(i) + 1, y(i) = t(i) * 2, z(i) = x(i) - 3); }
#else
  constexpr auto define() const { return stages(t(i) = x(i) + 1, y(i) = t(i) * 2, z(i) = t(i) - 3); }
#endif
};

cpu::kernel<refused> run;
