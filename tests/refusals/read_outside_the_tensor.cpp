// expect: x is read at index 9 of dimension 0, which has 8 elements; say what is there, as in or_zero(x(...))
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 8> i;
  tensor<"x", float, 8> x;
  tensor<"y", float, 8> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = x(i) + or_zero(x(i + 2)); }
#else
  constexpr auto define() const { return y(i) = x(i) + x(i + 2); }
#endif
};

auto const& program = stage<refused>();
