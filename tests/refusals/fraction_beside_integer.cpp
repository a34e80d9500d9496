// expect: x(i) * a number: x(i) is int32 and a number is double; write cast<double>(x(i))
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", int32, 4> x;
  tensor<"y", double, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = cast<double>(x(i)) * 0.5; }
#else
  constexpr auto define() const { return y(i) = cast<double>(x(i) * 0.5); }
#endif
};

auto const& program = stage<refused>();
