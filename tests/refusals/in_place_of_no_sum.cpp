// expect: in_place(y): y is made of no sum and of no other temporary, so nothing holds its value
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  axis<"k", 64> k;
  tensor<"x", int, 64, 64> x;
  tensor<"y", int, 64> y;

  constexpr auto schedule(cpu_target) const { return steps(in_place(y)); }

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = sum(k, x(i, k)) * 2; }
#else
  constexpr auto define() const { return y(i) = x(i, i) * 2; }
#endif
};

cpu::kernel<refused> run;
