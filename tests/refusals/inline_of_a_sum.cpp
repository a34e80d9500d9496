// expect: compute_inline(total): total is more than one formula, it has a reduction or another stage inside; compute_at(total, ...) computes it close to its readers
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  axis<"k", 32> k;
  tensor<"a", float, 64, 32> a;
  temporary<"total", float, 64> total;
  tensor<"y", float, 64> y;

  constexpr auto define() const { return stages(total(i) = sum(k, a(i, k)), y(i) = total(i) * total(i)); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(compute_at(total, y[i])); }
#else
  constexpr auto schedule(cpu_target) const { return steps(compute_inline(total)); }
#endif
};

cpu::kernel<refused> run;
