// expect: the function takes 2 operands, and 1 are given; give as many as it takes
#include <tenon/language.hpp>

using namespace tenon;

inline float shrink(float x, float by) { return x > by ? x - by : x < -by ? x + by : 0; }

struct refused {
  axis<"i", 4> i;
  tensor<"x", float, 4> x;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = call<&shrink>(x(i), 0.5F); }
#else
  constexpr auto define() const { return y(i) = call<&shrink>(x(i)); }
#endif
};

auto const& program = stage<refused>();
