// expect: z is no tensor of this operator; make it a member
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", 4> i;
  tensor<"x", float, 4> x;
  tensor<"y", float, 4> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = x(i) + x(i); }
#else
  constexpr auto define() const { return y(i) = x(i) + tensor<"z", float, 4>{}(i); }
#endif
};

auto const& program = stage<refused>();
