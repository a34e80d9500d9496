// expect: split(i, 8): an earlier step says how i runs; split first, then mark i.outer or i.inner
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(split(i, 8), vectorize(i.inner)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(vectorize(i), split(i, 8)); }
#endif
};

cpu::kernel<refused> run;
