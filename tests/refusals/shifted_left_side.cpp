// expect: on the left every index is an axis; write y(i, ...), and shift where you read
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  axis<"j", 6> j;
  axis<"k", 8> k;
  tensor<"x", float, 4, 8> x;
  tensor<"w", float, 8, 6> w;
  tensor<"y", float, 4, 6> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i, j) = sum(k, x(i, k) * w(k, j)); }
#else
  constexpr auto define() const { return y(i, j + 1) = sum(k, x(i, k) * w(k, j)); }
#endif
};

auto const& program = stage<refused>();
