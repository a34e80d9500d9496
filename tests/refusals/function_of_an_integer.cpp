// expect: exp(x(i)): x(i) is int32, and exp is for floating-point values; write cast<float>(x(i))
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", int32, 4> x;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = exp(cast<float>(x(i))); }
#else
  constexpr auto define() const { return y(i) = exp(x(i)); }
#endif
};

auto const& program = stage<refused>();
