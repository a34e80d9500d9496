// expect: parallel(k): the iterations of k add to one result, and several at once would overwrite it; take a loop of y
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  axis<"j", 64> j;
  axis<"k", 64> k;
  tensor<"a", float, 64, 64> a;
  tensor<"b", float, 64, 64> b;
  tensor<"y", float, 64, 64> y;

  constexpr auto define() const { return y(i, j) = sum(k, a(i, k) * b(k, j)); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(parallel(i)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(parallel(k)); }
#endif
};

cpu::kernel<refused> run;
