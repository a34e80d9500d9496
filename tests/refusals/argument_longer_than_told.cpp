// expect: x: dimension 0 of an argument is M + 2 long, and a call tells names alone; give it a name of its own
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", run_time<"M">> i;
#ifdef CORRECTED
  tensor<"x", float, run_time<"rows">> x;
#else
  tensor<"x", float, run_time<"M"> + 2> x;
#endif
  tensor<"y", float, run_time<"M">> y;

  constexpr auto define() const { return y(i) = clamped(x(i + 2)); }
};

auto const& program = stage<refused>();
