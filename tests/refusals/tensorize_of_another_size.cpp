// expect: tensorize(k.inner, vnni_dot4): the instruction takes 16 turns of l; k.inner runs 4 times
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
  constexpr auto schedule(cpu_target) const { return steps(split(k, 4), unroll(k.inner)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(split(k, 4), tensorize(k.inner, "vnni_dot4")); }
#endif
};

cpu::kernel<refused> run;
