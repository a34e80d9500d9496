// expect: a boundary is for reading; write to y(...) itself
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", float, 4> x;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = clamped(x(i + 1)); }
#else
  constexpr auto define() const { return clamped(y(i)) = x(i); }
#endif
};

auto const& program = stage<refused>();
