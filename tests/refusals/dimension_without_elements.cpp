// expect: a dimension has 1 to 2^48 elements
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
#ifdef CORRECTED
  tensor<"x", float, 64> x;
#else
  tensor<"x", float, 0> x;
#endif
  tensor<"y", float, 64> y;

  constexpr auto define() const { return y(i) = or_zero(x(i)); }
};

cpu::kernel<refused> run;
