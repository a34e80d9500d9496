// expect: pipeline(k.outer, 2): a CPU has no copies that go on by themselves; leave it out
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 32> i;
  axis<"k", 64> k;
  tensor<"x", float, 32, 64> x;
  tensor<"y", float, 32> y;

  constexpr auto define() const { return y(i) = sum(k, x(i, k)); }

  constexpr auto strips() const { return steps(split(k, 8), reorder(k.outer, i), cache(x, k.outer)); }
#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return strips(); }
#else
  constexpr auto schedule(cpu_target) const { return steps(strips(), pipeline(k.outer)); }
#endif
};

cpu::kernel<refused> run;
