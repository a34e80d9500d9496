// expect: 300 is no value of type int8; cast the other operand to a wider type
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", int8, 4> x;
  tensor<"y", int32, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = cast<int32>(x(i)) + 300; }
#else
  constexpr auto define() const { return y(i) = cast<int32>(x(i) + 300); }
#endif
};

auto const& program = stage<refused>();
