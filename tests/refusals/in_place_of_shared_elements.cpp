// expect: in_place(y): turns of j may read the same element of t, and the first would change it for the others
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  axis<"j", 64> j;
  tensor<"x", int, 64> x;
  temporary<"t", int, 64> t;
  tensor<"y", int, 64, 64> y;

  constexpr auto define() const { return stages(t(i) = x(i) + 1, y(i, j) = t(i) * 2); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(compute_at(t, y[j]), in_place(y)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(in_place(y)); }
#endif
};

cpu::kernel<refused> run;
