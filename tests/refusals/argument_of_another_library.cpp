// expect: include <tenon/interop/eigen.hpp>, dlpack.hpp or mdspan.hpp for those; or specialise tenon::as_argument for a type of your own
#include <tenon/tenon.hpp>

#include <vector>

using namespace tenon;

// A matrix of a library that tenon knows nothing of.
struct matrix {
  float* values;
  int rows;
  int columns;
#ifdef CORRECTED
  view<float> as_view() const { return {values, shape{rows, columns}}; }
#endif
};

struct refused {
  axis<"i", 8> i;
  axis<"j", 4> j;
  tensor<"x", float, 8, 4> x;
  tensor<"y", float, 8, 4> y;

  constexpr auto define() const { return y(i, j) = 2 * x(i, j); }
};

void twice(matrix const& x, array<float>& y) {
#ifdef CORRECTED
  cpu::kernel<refused>{}(x.as_view(), y);
#else
  cpu::kernel<refused>{}(x, y);
#endif
}
