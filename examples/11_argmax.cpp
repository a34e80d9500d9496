// Lesson 11: two outputs: the largest value of each row, and where it is first.
#include <algorithm>
#include <iostream>

#include <tenon/tenon.hpp>

using namespace tenon;

template <int Rows, int Classes>
struct best {
  axis<"i", Rows> i;
  axis<"c", Classes> c;
  tensor<"score", float, Rows, Classes> score;
  tensor<"which", std::int64_t, Rows> which;
  tensor<"how", float, Rows> how;

  constexpr auto define() const { return stages(which(i) = argmax(c, score(i, c)), how(i) = maximum(c, score(i, c))); }
};

int main() {
  constexpr int rows = 20, classes = 10;
  array<float> score(rows, classes), how(rows);
  array<std::int64_t> which(rows);
  for (int n = 0; n < rows * classes; ++n) score.data()[n] = static_cast<float>(n * 53 % 29);

  constexpr best<rows, classes> op;
  cpu::kernel<best<rows, classes>>{}(op.score = score, op.which = which, op.how = how);

  int wrong = 0;
  for (int i = 0; i < rows; ++i) {
    float const* const row = &score(i, 0);
    float const* const most = std::max_element(row, row + classes);
    wrong += which(i) != most - row || how(i) != *most;
  }
  std::cout << "row 3: class " << which(3) << " with " << how(3) << "\nwrong: " << wrong << " of " << rows << "\n";
}
