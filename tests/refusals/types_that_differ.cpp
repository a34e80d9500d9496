// expect: x(i) * w(i): x(i) is int8 and w(i) is float; write cast<float>(x(i))
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", int8, 4> x;
  tensor<"w", float, 4> w;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = cast<float>(x(i)) * w(i); }
#else
  constexpr auto define() const { return y(i) = x(i) * w(i); }
#endif
};

auto const& program = stage<refused>();
