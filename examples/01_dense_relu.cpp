// Lesson 1: an operator, its schedule, and the kernel that the compiler makes of them.
#include <algorithm>
#include <iostream>

#include <tenon/tenon.hpp>

using namespace tenon;

template <int M, int N, int K>
struct dense_relu {
  axis<"i", M> i;  axis<"j", N> j;  axis<"k", K> k;
  tensor<"x", float, M, K> x;  tensor<"w", float, K, N> w;
  tensor<"b", float, N> b;     tensor<"y", float, M, N> y;

  constexpr auto define() const { return y(i, j) = relu(sum(k, x(i, k) * w(k, j)) + b(j)); }

  constexpr auto schedule(cpu_target) const {
    return steps(split(i, 12), split(j, 32),                      // a tile of y stays in registers
                 reorder(i.outer, j.outer, k, i.inner, j.inner),  // while k runs over it
                 unroll(i.inner), vectorize(j.inner), parallel(i.outer));
  }
};

int main() {
  constexpr int rows = 48, columns = 64, depth = 40;
  array<float> x(rows, depth), w(depth, columns), b(columns), y(rows, columns);
  for (int n = 0; n < rows * depth; ++n) x.data()[n] = static_cast<float>(n * 7 % 13 - 6);
  for (int n = 0; n < depth * columns; ++n) w.data()[n] = static_cast<float>(n * 5 % 11 - 5);
  for (int n = 0; n < columns; ++n) b(n) = static_cast<float>(n % 3);

  using op_type = dense_relu<rows, columns, depth>;
  constexpr op_type op;
  cpu::kernel<op_type> const run;
  run(op.x = x, op.w = w, op.b = b, op.y = y);

  int wrong = 0;
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      float total = 0;
      for (int k = 0; k < depth; ++k) total += x(i, k) * w(k, j);
      wrong += y(i, j) != std::max(total + b(j), 0.0F);
    }
  }
  std::cout << run.loop_nest() << "wrong: " << wrong << " of " << y.elements() << "\n";
}
