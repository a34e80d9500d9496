// expect: reorder(k, i): inside the reduction, i would need one partial result for each of its iterations, and it runs m times
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", run_time<"m">> i;
  axis<"k", 64> k;
  tensor<"a", float, run_time<"m">, 64> a;
  tensor<"b", float, 64> b;
  tensor<"y", float, run_time<"m">> y;

  constexpr auto define() const { return y(i) = sum(k, a(i, k) * b(k)); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(split(i, 8, tail::guard), reorder(i.outer, k, i.inner)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(reorder(k, i)); }
#endif
};

cpu::kernel<refused> run;
