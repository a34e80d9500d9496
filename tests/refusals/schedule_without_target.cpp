// expect: this operator: its schedule() does not say for which target; write constexpr auto schedule(cpu_target) const
#include <tenon/tenon.hpp>

using namespace tenon;

struct twice {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }
#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(split(i, 8)); }
#else
  constexpr auto schedule() const { return steps(split(i, 8)); }
#endif
};

void run(float const* x, float* y) {
  cpu::kernel<twice>{}(view(x, {64}), view(y, {64}));
}
