// expect: the arguments of a kernel are given all by name, op.x = data, or all by position
#include <tenon/tenon.hpp>

#include <vector>

using namespace tenon;

struct refused {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }
};

void twice(std::vector<float> const& x, std::vector<float>& y) {
  cpu::kernel<refused> const run;
  [[maybe_unused]] constexpr refused op;
#ifdef CORRECTED
  run(op.x = x, op.y = y);
#else
  run(x, op.y = y);
#endif
}
