// expect: or_zero(x(i) + x(i)): a boundary stands around one read of a tensor; write or_zero(x(...))
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", float, 4> x;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = x(i) + or_zero(x(i + 1)); }
#else
  constexpr auto define() const { return y(i) = or_zero(x(i) + x(i)); }
#endif
};

auto const& program = stage<refused>();
