// expect: an operator has a function define() that says what it computes
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", float, 4> x;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = x(i) * 2; }
#endif
};

auto const& program = stage<refused>();
