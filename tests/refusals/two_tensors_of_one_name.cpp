// expect: x: two tensors have this name; rename one
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", float, 4> x;
#ifdef CORRECTED
  tensor<"w", float, 4, 4> w;
#else
  tensor<"x", float, 4, 4> w;
#endif
  tensor<"y", float, 4> y;

  constexpr auto define() const { return y(i) = x(i) + w(i, i); }
};

auto const& program = stage<refused>();
