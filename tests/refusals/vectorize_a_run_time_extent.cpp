// expect: vectorize(i): i runs n times, which only a kernel
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", run_time<"n">> i;
  tensor<"x", float, run_time<"n">> x;
  tensor<"y", float, run_time<"n">> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(split(i, 16, tail::peel), vectorize(i.inner)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(vectorize(i)); }
#endif
};

cpu::kernel<refused> run;
