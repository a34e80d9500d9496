// expect: i runs N times, and dimension 0 of x has M elements; give both the same extent
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  axis<"i", run_time<"N">> i;
  tensor<"x", float, run_time<"M">> x;
  tensor<"y", float, run_time<"N">> y;

#ifdef CORRECTED
  constexpr auto define() const { return y(i) = or_zero(x(i)) * 2; }
#else
  constexpr auto define() const { return y(i) = x(i) * 2; }
#endif
};

auto const& program = stage<refused>();
