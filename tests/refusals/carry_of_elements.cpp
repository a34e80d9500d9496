// expect: carry(j, i): j runs over elements; say carry(a loop over terms, a loop over elements)
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
  constexpr auto schedule(cpu_target) const { return steps(carry(k, i)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(carry(j, i)); }
#endif
};

cpu::kernel<refused> run;
