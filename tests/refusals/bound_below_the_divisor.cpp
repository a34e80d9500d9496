// expect: the bound of a run-time extent is at least its divisor
#include <tenon/tenon.hpp>

using namespace tenon;

#ifdef CORRECTED
inline constexpr auto rows = run_time<"M", 64, 16>;
#else
inline constexpr auto rows = run_time<"M", 10, 16>;
#endif

struct refused {
  axis<"i", rows> i;
  tensor<"x", float, rows> x;
  tensor<"y", float, rows> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }
};

cpu::kernel<refused> run;
