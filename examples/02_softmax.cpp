// Lesson 2: several stages, several reductions, and mathematics with an accuracy that the operator states.
#include <algorithm>
#include <cmath>
#include <iostream>

#include <tenon/tenon.hpp>

using namespace tenon;

template <int Rows, int Columns>
struct softmax {
  axis<"i", Rows> i;
  axis<"j", Columns> j;
  tensor<"x", float, Rows, Columns> x;
  temporary<"most", float, Rows> most;
  temporary<"grown", float, Rows, Columns> grown;
  temporary<"total", float, Rows> total;
  tensor<"y", float, Rows, Columns> y;

  constexpr auto define() const {
    return stages(most(i) = maximum(j, x(i, j)),
                  grown(i, j) = exp(x(i, j) - most(i)),  // never above one
                  total(i) = sum(j, grown(i, j)),
                  y(i, j) = grown(i, j) / total(i));
  }
};

int main() {
  constexpr int rows = 6, columns = 1000;
  array<float> x(rows, columns), y(rows, columns);
  for (int n = 0; n < rows * columns; ++n) x.data()[n] = static_cast<float>(n * 37 % 101) / 10.0F;

  cpu::kernel<softmax<rows, columns>>{}(x, y);

  double error = 0;
  for (int i = 0; i < rows; ++i) {
    double most = x(i, 0), total = 0;
    for (int j = 0; j < columns; ++j) most = std::max(most, static_cast<double>(x(i, j)));
    for (int j = 0; j < columns; ++j) total += std::exp(x(i, j) - most);
    for (int j = 0; j < columns; ++j) {
      double const expected = std::exp(x(i, j) - most) / total;
      error = std::max(error, std::abs(y(i, j) - expected) / expected);
    }
  }
  std::cout << "relative error below 1e-5: " << (error < 1e-5 ? "yes" : "no") << "\n";
}
