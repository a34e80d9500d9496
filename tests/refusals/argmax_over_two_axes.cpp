// expect: argmax gives one index, so it runs over one axis; find one axis after another
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  axis<"k", 8> k;
  tensor<"x", float, 4, 8> x;
  tensor<"y", int64, 4> y;
  axis<"l", 8> l;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = argmax(k, x(i, k)); }
#else
  constexpr auto define() const { return y(i) = argmax(k, l, x(i, k) + x(i, l)); }
#endif
};

auto const& program = stage<refused>();
