// expect: the axes come first and what is reduced comes last
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  axis<"k", 8> k;
  tensor<"x", float, 4, 8> x;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = sum(k, x(i, k)); }
#else
  constexpr auto define() const { return y(i) = sum(x(i, k), x(i, k)); }
#endif
};

auto const& program = stage<refused>();
