// flags: -O2 -DTENON_CPU_ISAS=8
// A matrix product that packs both operands: the longest schedule in use, for one set of instructions.
#include <tenon/tenon.hpp>

using namespace tenon;

template <int N>
struct packed_product {
  axis<"i", N> i;
  axis<"j", N> j;
  axis<"k", N> k;
  tensor<"a", float, N, N> a;
  tensor<"b", float, N, N> b;
  tensor<"y", float, N, N> y;

  constexpr auto define() const { return y(i, j) = sum(k, a(i, k) * b(k, j)); }
  constexpr auto schedule(cpu_target) const {
    return steps(split(i, 128), split(i.inner, 8), split(j, 32), split(k, 512),
                 reorder(i.outer, j.outer, i.inner.outer, k.outer, k.inner, i.inner.inner, j.inner),
                 carry(k.outer, i.outer), cache(b, k.outer, order(j.outer, k.inner, j.inner)),
                 cache(a, i.outer, order(i.inner.outer, i.inner.inner, k.inner)), vectorize(cached(b)[j.inner]),
                 unroll(i.inner.inner), vectorize(j.inner));
  }
};

void run(float const* a, float const* b, float* y) {
  cpu::kernel<packed_product<1024>> const kernel;
  kernel(view(a, {1024, 1024}), view(b, {1024, 1024}), view(y, {1024, 1024}));
}
