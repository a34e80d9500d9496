// expect: split(i, 8): i runs n times, and nothing says that 8 divides that; take a factor that divides it, or say what happens to the rest
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", run_time<"n">> i;
  tensor<"x", float, run_time<"n">> x;
  tensor<"y", float, run_time<"n">> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(split(i, 8, tail::peel)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(split(i, 8)); }
#endif
};

cpu::kernel<refused> run;
