// expect: x(i) is float, and % is for integers; cast it, as in cast<int32>(x(i))
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", float, 4> x;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = cast<float>(cast<int32>(x(i)) % 2); }
#else
  constexpr auto define() const { return y(i) = x(i) % 2; }
#endif
};

auto const& program = stage<refused>();
