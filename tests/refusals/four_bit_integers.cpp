// expect: x: kernels for a CPU do not compute with int4; store its numbers as int8
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
#ifdef CORRECTED
  tensor<"x", int8, 64> x;
#else
  tensor<"x", int4x2, 64> x;
#endif
  tensor<"y", float, 64> y;

  constexpr auto define() const { return y(i) = cast<float>(x(i)); }
};

cpu::kernel<refused> run;
