// expect: reverse_inline(y): y reads no other stage; it stands alone
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(); }
#else
  constexpr auto schedule(cpu_target) const { return steps(reverse_inline(y)); }
#endif
};

cpu::kernel<refused> run;
