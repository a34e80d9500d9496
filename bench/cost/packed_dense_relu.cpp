// flags: -O3 -march=x86-64-v4
#include <tenon/tenon.hpp>

using namespace tenon;

template <int M, int N, int K>
struct packed_dense_relu {
  axis<"i", M> i;
  axis<"j", N> j;
  axis<"k", K> k;
  tensor<"x", float, M, K> x;
  tensor<"w", float, K, N> w;
  tensor<"b", float, N> b;
  tensor<"y", float, M, N> y;

  constexpr auto define() const { return y(i, j) = relu(sum(k, x(i, k) * w(k, j)) + b(j)); }

  constexpr auto schedule(cpu_target) const {
    return steps(split(i, 256), split(i.inner, 8), split(j, 32), split(k, 256),
                 reorder(i.outer, j.outer, i.inner.outer, k.outer, k.inner, i.inner.inner, j.inner),
                 carry(k.outer, i.outer), cache(w, k.outer, order(j.outer, k.inner, j.inner)),
                 cache(x, i.outer, order(i.inner.outer, k.inner, i.inner.inner)), unroll(i.inner.inner),
                 vectorize(j.inner), vectorize(cached(w)[j.inner]), unroll(cached(x)[i.inner.inner]));
  }
};

void run(array<float> const& x, array<float> const& w, array<float> const& b, array<float>& y);

void run(array<float> const& x, array<float> const& w, array<float> const& b, array<float>& y) {
  cpu::kernel<packed_dense_relu<512, 512, 512>>{}(x, w, b, y);
}
