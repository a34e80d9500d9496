// expect: stages are listed in stages(..., ...), not with a comma alone
#include <tenon/tenon.hpp>

using namespace tenon;

struct two {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;
  tensor<"z", float, 64> z;

  constexpr auto define() const {
#ifdef CORRECTED
    return stages(y(i) = x(i), z(i) = x(i) * 2);
#else
    return y(i) = x(i), z(i) = x(i) * 2;
#endif
  }
};

void run(float const* x, float* y, float* z) {
  cpu::kernel<two>{}(view(x, {64}), view(y, {64}), view(z, {64}));
}
