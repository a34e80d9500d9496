// expect: x is read at index -1 of dimension 0, which has 8 elements
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 8> i;
  tensor<"x", float, 8> x;
  tensor<"y", float, 8> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = x(i) + clamped(x(i - 1)); }
#else
  constexpr auto define() const { return y(i) = x(i) + x(i - 1); }
#endif
};

auto const& program = stage<refused>();
