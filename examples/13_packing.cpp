// Lesson 13: copies with a layout of their own. Blocks of both operands are packed, so that the innermost loops read rows.
#include <iostream>

#include <tenon/tenon.hpp>

using namespace tenon;

template <int M, int N, int K>
struct packed_product {
  axis<"i", M> i;
  axis<"j", N> j;
  axis<"k", K> k;
  tensor<"a", float, M, K> a;
  tensor<"b", float, K, N> b;
  tensor<"y", float, M, N> y;

  constexpr auto define() const { return y(i, j) = sum(k, a(i, k) * b(k, j)); }

  constexpr auto schedule(cpu_target) const {
    return steps(split(i, 64), split(i.inner, 8), split(j, 32), split(k, 64),
                 reorder(i.outer, j.outer, i.inner.outer, k.outer, k.inner, i.inner.inner, j.inner),
                 carry(k.outer, i.outer),                                          // blocks of k outermost
                 cache(b, k.outer, order(j.outer, k.inner, j.inner)),              // panels of b, for all rows
                 cache(a, i.outer, order(i.inner.outer, k.inner, i.inner.inner)),  // and of a, for all columns
                 unroll(i.inner.inner), vectorize(j.inner), vectorize(cached(b)[j.inner]),
                 unroll(cached(a)[i.inner.inner]));
  }
};

int main() {
  constexpr int rows = 128, columns = 96, depth = 128;
  array<float> a(rows, depth), b(depth, columns), y(rows, columns);
  for (int n = 0; n < rows * depth; ++n) a.data()[n] = static_cast<float>(n * 7 % 13 - 6);
  for (int n = 0; n < depth * columns; ++n) b.data()[n] = static_cast<float>(n * 5 % 11 - 5);

  cpu::kernel<packed_product<rows, columns, depth>> const run;
  run(a, b, y);

  int wrong = 0;
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      float total = 0;
      for (int k = 0; k < depth; ++k) total += a(i, k) * b(k, j);
      wrong += y(i, j) != total;
    }
  }
  std::cout << run.loop_nest() << "wrong: " << wrong << " of " << y.elements() << "\n";
}
