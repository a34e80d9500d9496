// expect: in_place(y): y.sum * a number is computed in float, and y.sum is of int32; in_place is for operations of that type alone
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  axis<"k", 64> k;
  tensor<"x", int, 64, 64> x;
  tensor<"y", float, 64> y;

  constexpr auto schedule(cpu_target) const { return steps(in_place(y)); }

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = sum(k, cast<float>(x(i, k))) * 0.5f; }
#else
  constexpr auto define() const { return y(i) = cast<float>(sum(k, x(i, k))) * 0.5f; }
#endif
};

cpu::kernel<refused> run;
