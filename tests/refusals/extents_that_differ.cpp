// expect: k runs 8 times, and dimension 1 of y has 6 elements; give both the same extent
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  axis<"k", 8> k;
  tensor<"x", float, 4, 8> x;
  tensor<"y", float, 4, 6> y;
  tensor<"z", float, 4, 8> z;

#ifdef CORRECTED
  constexpr auto define() const { return z(i, k) = x(i, k); }
#else
  constexpr auto define() const { return y(i, k) = x(i, k); }
#endif
};

auto const& program = stage<refused>();
