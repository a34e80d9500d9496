// expect: the elements of a tensor are float, double, half, bfloat16
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
#ifdef CORRECTED
  tensor<"x", float, 4> x;
#else
  tensor<"x", long double, 4> x;
#endif
  tensor<"y", float, 4> y;

  constexpr auto define() const { return y(i) = x(i) * 2; }
};

auto const& program = stage<refused>();
