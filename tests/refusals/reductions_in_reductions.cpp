// expect: reductions are nested more than 5 deep
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"a", 2> a;
  axis<"b", 2> b;
  axis<"c", 2> c;
  axis<"d", 2> d;
  axis<"e", 2> e;
  axis<"f", 2> f;
  tensor<"x", float, 2, 2, 2, 2, 2, 2> x;
  tensor<"y", float> y;

#ifdef CORRECTED
  constexpr auto define() const { return y = sum(a, maximum(b, sum(c, maximum(d, sum(e, f, x(a, b, c, d, e, f)))))); }
#else
  constexpr auto define() const { return y = sum(a, maximum(b, sum(c, maximum(d, sum(e, maximum(f, x(a, b, c, d, e, f))))))); }
#endif
};

auto const& program = stage<refused>();
