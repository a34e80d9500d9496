// Lesson 9: eight-bit integers: sums in 32 bits, then back to eight by a fixed-point factor.
#include <algorithm>
#include <iostream>

#include <tenon/tenon.hpp>

using namespace tenon;

template <int M, int N, int K>
struct quantized_dense {
  axis<"i", M> i;
  axis<"j", N> j;
  axis<"k", K> k;
  tensor<"x", std::uint8_t, M, K> x;
  tensor<"w", std::int8_t, K, N> w;
  tensor<"b", std::int32_t, N> b;
  tensor<"factor", std::int32_t, N> factor;  // of each column, times 2^31
  tensor<"y", std::int8_t, M, N> y;

  constexpr auto define() const {
    auto const total = sum(k, cast<std::int32_t>(x(i, k)) * cast<std::int32_t>(w(k, j))) + b(j);
    return y(i, j) = cast<std::int8_t>(clamp(multiply_shift(total, factor(j), 31), -128, 127));
  }

  constexpr auto schedule(cpu_target) const {
    return steps(split(i, 4), split(j, 32), reorder(i.outer, j.outer, k, i.inner, j.inner), unroll(i.inner),
                 vectorize(j.inner));
  }
};

int main() {
  constexpr int rows = 16, columns = 64, depth = 50;
  array<std::uint8_t> x(rows, depth);
  array<std::int8_t> w(depth, columns), y(rows, columns);
  array<std::int32_t> b(columns), factor(columns);
  for (int n = 0; n < rows * depth; ++n) x.data()[n] = static_cast<std::uint8_t>(n * 71);
  for (int n = 0; n < depth * columns; ++n) w.data()[n] = static_cast<std::int8_t>(n * 37 % 256 - 128);
  for (int j = 0; j < columns; ++j) b(j) = j * 1000 - 20000, factor(j) = 5000000 + 100000 * j;

  using op_type = quantized_dense<rows, columns, depth>;
  constexpr op_type op;
  cpu::kernel<op_type>{}(op.x = x, op.w = w, op.b = b, op.factor = factor, op.y = y);

  int wrong = 0;
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      std::int64_t total = b(j);
      for (int k = 0; k < depth; ++k) total += x(i, k) * w(k, j);
      std::int64_t const scaled = (total * factor(j) + (std::int64_t{1} << 30)) >> 31;
      wrong += y(i, j) != std::clamp<std::int64_t>(scaled, -128, 127);
    }
  }
  std::cout << "wrong: " << wrong << " of " << y.elements() << "\n";
}
