// expect: two axes are called i; rename one
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
#ifdef CORRECTED
  axis<"k", 8> k;
#else
  axis<"i", 8> k;
#endif
  tensor<"x", float, 4, 8> x;
  tensor<"y", float, 4> y;

  constexpr auto define() const { return y(i) = sum(k, x(i, k)); }
};

auto const& program = stage<refused>();
