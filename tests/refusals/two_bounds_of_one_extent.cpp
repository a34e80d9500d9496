// expect: run_time M: it has two bounds or divisors in this operator; say the same everywhere
#include <tenon/language.hpp>

using namespace tenon;

struct refused {
  #ifdef CORRECTED
  axis<"i", run_time<"M", 100>> i;
#else
  axis<"i", run_time<"M", 200>> i;
#endif
  tensor<"x", float, run_time<"M", 100>> x;
  tensor<"y", float, run_time<"M", 100>> y;

  constexpr auto define() const { return y(i) = x(i) * 2; }
};

auto const& program = stage<refused>();
