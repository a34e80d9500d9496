// expect: k stands twice in one reduction; take two axes
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  axis<"k", 8> k;
  axis<"l", 8> l;
  tensor<"x", float, 8, 8> x;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = sum(k, l, x(k, l)); }
#else
  constexpr auto define() const { return y(i) = sum(k, k, x(k, k)); }
#endif
};

auto const& program = stage<refused>();
