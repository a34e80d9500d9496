// flags: -O3 -march=x86-64-v4
#include <tenon/tenon.hpp>

using namespace tenon;

template <int M, int N, int K>
struct dense_relu {
  axis<"i", M> i;
  axis<"j", N> j;
  axis<"k", K> k;
  tensor<"x", float, M, K> x;
  tensor<"w", float, K, N> w;
  tensor<"b", float, N> b;
  tensor<"y", float, M, N> y;

  constexpr auto define() const { return y(i, j) = relu(sum(k, x(i, k) * w(k, j)) + b(j)); }

  constexpr auto schedule(cpu_target) const {
    return steps(split(i, 12), split(j, 32), reorder(i.outer, j.outer, k, i.inner, j.inner), unroll(i.inner),
                 vectorize(j.inner), parallel(i.outer));
  }
};

void run(array<float> const& x, array<float> const& w, array<float> const& b, array<float>& y);

void run(array<float> const& x, array<float> const& w, array<float> const& b, array<float>& y) {
  cpu::kernel<dense_relu<384, 512, 128>>{}(x, w, b, y);
}
