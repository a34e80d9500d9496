// expect: vectorize(x): several stages have a loop called x; say which: across[x] or out[x]
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"y", 64> y;
  axis<"v", 66> v;
  axis<"x", 64> x;
  tensor<"in", float, 66, 66> in;
  temporary<"across", float, 66, 64> across;
  tensor<"out", float, 64, 64> out;

  constexpr auto define() const {
    return stages(across(v, x) = in(v, x) + in(v, x + 1) + in(v, x + 2),
                  out(y, x) = across(y, x) + across(y + 1, x) + across(y + 2, x));
  }

#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(vectorize(out[x])); }
#else
  constexpr auto schedule(cpu_target) const { return steps(vectorize(x)); }
#endif
};

cpu::kernel<refused> run;
