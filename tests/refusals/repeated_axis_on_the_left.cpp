// expect: i stands twice on the left; take two axes
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  axis<"j", 4> j;
  tensor<"x", float, 4> x;
  tensor<"y", float, 4, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i, j) = x(i) * x(j); }
#else
  constexpr auto define() const { return y(i, i) = x(i); }
#endif
};

auto const& program = stage<refused>();
