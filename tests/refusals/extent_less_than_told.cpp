// expect: run_time M: M + -2 may be less than nothing; name the smallest extent, and add to it
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
#ifdef CORRECTED
  axis<"i", run_time<"M">> i;
  tensor<"x", float, run_time<"M"> + 2> x;
  tensor<"y", float, run_time<"M">> y;
#else
  axis<"i", run_time<"M"> + -2> i;
  tensor<"x", float, run_time<"M">> x;
  tensor<"y", float, run_time<"M"> + -2> y;
#endif

  constexpr auto define() const { return y(i) = x(i) + x(i + 2); }
};

auto const& program = stage<refused>();
