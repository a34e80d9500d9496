// expect: an axis runs at least once
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  #ifdef CORRECTED
  axis<"i", 4> i;
#else
  axis<"i", 0> i;
#endif
  tensor<"x", float, 4> x;
  tensor<"y", float, 4> y;

  constexpr auto define() const { return y(i) = x(i) * 2; }
};

auto const& program = stage<refused>();
