// Lesson 5: a reduction of the user's own, over several values at once: mean and variance by the rule of Welford (1962).
#include <algorithm>
#include <cmath>
#include <iostream>

#include <tenon/tenon.hpp>

using namespace tenon;

struct welford {
  static constexpr auto identity() { return values(0.0F, 0.0F, 0.0F); }
  static constexpr auto combine(auto a, auto b) {
    auto const [mean_a, spread_a, count_a] = a;
    auto const [mean_b, spread_b, count_b] = b;
    auto const count = count_a + count_b;
    auto const part = count_b / max(count, 1.0F);
    auto const apart = mean_b - mean_a;
    return values(mean_a + apart * part, spread_a + spread_b + apart * apart * count_a * part, count);
  }
};

template <int Rows, int Columns>
struct layer_norm {
  axis<"i", Rows> i;
  axis<"k", Columns> k;
  tensor<"x", float, Rows, Columns> x;
  tensor<"scale", float, Columns> scale;
  tensor<"shift", float, Columns> shift;
  tensor<"y", float, Rows, Columns> y;
  temporary<"mean", float, Rows> mean;
  temporary<"variance", float, Rows> variance;

  constexpr auto define() const {
    auto const [middle, spread, count] = reduce(k, welford{}, x(i, k), constant<float>(0), constant<float>(1));
    return stages(mean(i) = middle, variance(i) = spread / count,
                  y(i, k) = (x(i, k) - mean(i)) * rsqrt(variance(i) + 1e-5F) * scale(k) + shift(k));
  }
};

int main() {
  constexpr int rows = 8, columns = 300;
  array<float> x(rows, columns), scale(columns), shift(columns), y(rows, columns);
  for (int n = 0; n < rows * columns; ++n) x.data()[n] = static_cast<float>(n * 29 % 83) / 8.0F + 100.0F;
  for (int k = 0; k < columns; ++k) scale(k) = 0.5F, shift(k) = static_cast<float>(k % 5);

  cpu::kernel<layer_norm<rows, columns>>{}(x, scale, shift, y);

  double error = 0;
  for (int i = 0; i < rows; ++i) {
    double mean = 0, spread = 0;
    for (int k = 0; k < columns; ++k) mean += x(i, k) / static_cast<double>(columns);
    for (int k = 0; k < columns; ++k) spread += (x(i, k) - mean) * (x(i, k) - mean) / columns;
    for (int k = 0; k < columns; ++k) {
      double const expected = (x(i, k) - mean) / std::sqrt(spread + 1e-5) * 0.5 + k % 5;
      error = std::max(error, std::abs(y(i, k) - expected));
    }
  }
  std::cout << "error below 1e-4: " << (error < 1e-4 ? "yes" : "no") << "\n";
}
