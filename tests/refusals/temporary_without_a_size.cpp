// expect: across: how long its dimension 0 can get is not known; give the run-time extent a bound
#include <tenon/tenon.hpp>

using namespace tenon;

#ifdef CORRECTED
constexpr auto rows = run_time<"N", 4096>;
#else
constexpr auto rows = run_time<"N">;
#endif

struct two_stages {
  axis<"i", rows> i;
  axis<"j", 16> j;
  tensor<"x", float, rows, 16> x;
  temporary<"across", float, rows, 16> across;
  tensor<"y", float, rows, 16> y;

  constexpr auto define() const { return stages(across(i, j) = exp(x(i, j)), y(i, j) = across(i, j) * across(i, j)); }
  constexpr auto schedule(cpu_target) const { return steps(vectorize(y[j])); }
};

void run(float const* x, float* y) {
  cpu::kernel<two_stages>{}(view(x, {8, 16}), view(y, {8, 16}));
}
