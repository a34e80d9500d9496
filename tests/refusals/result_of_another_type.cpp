// expect: y is int32 and the right side is float; write cast<int32>(...)
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", float, 4> x;
  tensor<"y", int32, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = cast<int32>(x(i) * 2); }
#else
  constexpr auto define() const { return y(i) = x(i) * 2; }
#endif
};

auto const& program = stage<refused>();
