// expect: this operator: its define() cannot be called; write it without arguments and const
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = 2 * x(i); }
#else
  constexpr auto define() { return y(i) = 2 * x(i); }
#endif
};

cpu::kernel<refused> run;
