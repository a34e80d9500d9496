// expect: an element is computed once, y(i, j) = ...; what adds up is a sum: y(i, j) = sum(k, ...)
#include <tenon/tenon.hpp>

using namespace tenon;

struct matmul {
  axis<"i", 64> i;  axis<"j", 64> j;  axis<"k", 64> k;
  tensor<"a", float, 64, 64> a;
  tensor<"b", float, 64, 64> b;
  tensor<"y", float, 64, 64> y;

  constexpr auto define() const {
#ifdef CORRECTED
    return y(i, j) = sum(k, a(i, k) * b(k, j));
#else
    return y(i, j) += a(i, k) * b(k, j);
#endif
  }
};

void run(float const* a, float const* b, float* y) {
  cpu::kernel<matmul>{}(view(a, {64, 64}), view(b, {64, 64}), view(y, {64, 64}));
}
