// expect: tensorize(k, mma_16x8x16): no instruction is called mma_16x8x16; the instructions are vnni_dot4, bf16_dot2
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
  constexpr auto schedule(cpu_target) const { return steps(split(k, 16)); }
#else
  constexpr auto schedule(cpu_target) const { return steps(tensorize(k, "mma_16x8x16")); }
#endif
};

cpu::kernel<refused> run;
