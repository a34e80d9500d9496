// expect: steps(...): a schedule holds 64 steps, and this one has 80
#include <tenon/tenon.hpp>

using namespace tenon;

struct refused {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }
  constexpr auto schedule(cpu_target) const {
    auto const four = steps(serial(i), serial(i), serial(i), serial(i));
    auto const sixteen = steps(four, four, four, four);
#ifdef CORRECTED
    return sixteen;
#else
    return steps(sixteen, sixteen, sixteen, sixteen, sixteen);
#endif
  }
};

cpu::kernel<refused> run;
