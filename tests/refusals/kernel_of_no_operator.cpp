// expect: this operator: it has no function define() that says what it computes
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = 2 * x(i); }
#endif
};

cpu::kernel<refused> run;
