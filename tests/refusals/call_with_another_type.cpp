// expect: operand 0 is double, and the function takes float; write cast<float>(...)
#include <tenon/language.hpp>

using namespace tenon;

inline float halved(float x) { return x / 2; }

struct refused {
  axis<"i", 4> i;
  tensor<"x", double, 4> x;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = call<&halved>(cast<float>(x(i))); }
#else
  constexpr auto define() const { return y(i) = call<&halved>(x(i)); }
#endif
};

auto const& program = stage<refused>();
