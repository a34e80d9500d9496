// expect: a kernel is called with one argument for each tensor of the operator
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
  run(x, y);
#else
  run(x);
#endif
}
