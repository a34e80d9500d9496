// expect: an operator is a plain struct of axes and tensors, without constructors
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
#ifndef CORRECTED
  constexpr refused() {}
#endif
  axis<"i", 4> i;
  tensor<"x", float, 4> x;
  tensor<"y", float, 4> y;

  constexpr auto define() const { return y(i) = x(i) * 2; }
};

auto const& program = stage<refused>();
