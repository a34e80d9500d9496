// expect: t is read before it is computed
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", float, 4> x;
  temporary<"t", float, 4> t;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return stages(t(i) = x(i), y(i) = t(i) * 2); }
#else
  constexpr auto define() const { return y(i) = t(i) * 2; }
#endif
};

auto const& program = stage<refused>();
