// expect: x: it has more than 2^48 elements, which no machine holds; take less
#include <tenon/tenon.hpp>

using namespace tenon;

#ifdef CORRECTED
inline constexpr long rows = 3'000'000'000;
#else
inline constexpr long rows = 300'000'000'000;
#endif

struct refused {
  axis<"i", rows> i;
  axis<"j", 1024> j;
  tensor<"x", float, rows, 1024> x;
  tensor<"y", float, rows, 1024> y;

  constexpr auto define() const { return y(i, j) = 2 * x(i, j); }
};

cpu::kernel<refused> run;
