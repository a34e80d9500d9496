// expect: x(i) * i: x(i) is float and i is int64; write cast<float>(i)
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", float, 4> x;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = x(i) * cast<float>(i); }
#else
  constexpr auto define() const { return y(i) = x(i) * i; }
#endif
};

auto const& program = stage<refused>();
