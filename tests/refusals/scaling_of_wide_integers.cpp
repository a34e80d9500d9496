// expect: its operands are int64, int32 and int32, and all three must be int32; write cast<int32>(...)
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", int64, 4> x;
  tensor<"y", int32, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = multiply_shift(cast<int32>(x(i)), 3, 2); }
#else
  constexpr auto define() const { return y(i) = multiply_shift(x(i), 3, 2); }
#endif
};

auto const& program = stage<refused>();
