// expect: align(b.cache, 64): no tensor is called b.cache; the tensors are a, b, y
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
  constexpr auto schedule(cpu_target) const { return steps(cache(b, i, order(k, j)), align(cached(b), 64)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(align(cached(b), 64)); }
#endif
};

cpu::kernel<refused> run;
