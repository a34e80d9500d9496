// expect: x(i, k) is float, and any is for conditions; compare it, as in x(i, k) != 0
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  axis<"k", 8> k;
  tensor<"x", float, 4, 8> x;
  tensor<"y", bool, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = any(k, x(i, k) != 0); }
#else
  constexpr auto define() const { return y(i) = any(k, x(i, k)); }
#endif
};

auto const& program = stage<refused>();
