// expect: is bool, and sum is for numbers; cast it, as in cast<int32>(
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  axis<"k", 8> k;
  tensor<"x", float, 4, 8> x;
  tensor<"y", int32, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = sum(k, cast<int32>(x(i, k) < 0)); }
#else
  constexpr auto define() const { return y(i) = sum(k, x(i, k) < 0); }
#endif
};

auto const& program = stage<refused>();
