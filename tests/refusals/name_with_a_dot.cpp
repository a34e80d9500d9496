// expect: the name of an axis is one to 32 letters, digits and underscores
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
#ifdef CORRECTED
  axis<"i", 64> i;
#else
  axis<"i.outer", 64> i;
#endif
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }
};

cpu::kernel<refused> run;
