// expect: y is read while it is computed; read it where it is written, or read another tensor
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", float, 4> x;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = x(i) + y(i); }
#else
  constexpr auto define() const { return y(i) = x(i) + wrapped(y(i - 1)); }
#endif
};

auto const& program = stage<refused>();
