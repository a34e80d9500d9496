// expect: stream(x): x is only read; stream what is written
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(vectorize(i), stream(y)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(vectorize(i), stream(x)); }
#endif
};

cpu::kernel<refused> run;
