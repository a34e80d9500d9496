// expect: x(i) is float, and the first operand is a condition; compare it, as in x(i) != 0
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", float, 4> x;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = select(x(i) != 0, 1, x(i)); }
#else
  constexpr auto define() const { return y(i) = select(x(i), 1, x(i)); }
#endif
};

auto const& program = stage<refused>();
