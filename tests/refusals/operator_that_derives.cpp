// expect: an operator names all its axes and tensors itself and derives from no other struct
#include <tenon/tenon.hpp>

using namespace tenon;

template <int Factor>
struct scaled {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;

  constexpr auto define() const { return y(i) = x(i) * 2; }
#ifdef CORRECTED
  constexpr auto schedule(cpu_target) const { return steps(split(i, Factor)); }
#endif
};

#ifdef CORRECTED
using op = scaled<8>;
#else
struct op : scaled<8> {
  constexpr auto schedule(cpu_target) const { return steps(split(i, 8)); }
};
#endif

void run(float const* x, float* y) {
  cpu::kernel<op>{}(view(x, {64}), view(y, {64}));
}
