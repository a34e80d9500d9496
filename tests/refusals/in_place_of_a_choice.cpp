// expect: in_place(y): y.sum decides between values there, and no operation can take its place
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  axis<"k", 64> k;
  tensor<"x", int, 64, 64> x;
  tensor<"y", int, 64> y;

  constexpr auto schedule(cpu_target) const { return steps(in_place(y)); }

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = max(sum(k, x(i, k)), 0); }
#else
  constexpr auto define() const { return y(i) = select(sum(k, x(i, k)) < 0, 0, 1); }
#endif
};

cpu::kernel<refused> run;
