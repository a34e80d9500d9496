// Lesson 12: a function of the user's, called for each element. A breakpoint in it stops as in any other code.
#include <iostream>

#include <tenon/tenon.hpp>

using namespace tenon;

constexpr float soft_threshold(float value, float limit) {
  if (value > limit) return value - limit;
  if (value < -limit) return value + limit;
  return 0.0F;
}

template <int Size>
struct shrink {
  axis<"i", Size> i;
  tensor<"x", float, Size> x;
  tensor<"limit", float> limit;
  tensor<"y", float, Size> y;

  constexpr auto define() const { return y(i) = call<&soft_threshold>(x(i), limit()); }
};

int main() {
  constexpr int size = 9;
  float const x[size] = {-4, -3, -2, -1, 0, 1, 2, 3, 4};
  float y[size];
  cpu::kernel<shrink<size>>{}(x, 1.5F, y);
  int wrong = 0;
  for (int n = 0; n < size; ++n) wrong += y[n] != soft_threshold(x[n], 1.5F);
  for (float each : y) std::cout << each << " ";
  std::cout << "\nwrong: " << wrong << " of " << size << "\n";
}
