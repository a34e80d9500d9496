// Lesson 6: extents that a call says. The inner loops are the same as for numbers known while compiling.
#include <iostream>
#include <vector>

#include <tenon/tenon.hpp>

using namespace tenon;

template <int K>
struct matrix_vector {
  static constexpr auto rows = run_time<"rows">;
  axis<"i", rows> i;
  axis<"k", K> k;
  tensor<"a", float, rows, K> a;
  tensor<"x", float, K> x;
  tensor<"y", float, rows> y;

  constexpr auto define() const { return y(i) = sum(k, a(i, k) * x(k)); }

  constexpr auto schedule(cpu_target) const {
    return steps(split(i, 4, tail::peel), reorder(i.outer, k, i.inner), unroll(i.inner));
  }
};

int main() {
  constexpr int depth = 24;
  constexpr matrix_vector<depth> op;
  cpu::kernel<matrix_vector<depth>> const run;
  std::cout << run.loop_nest();
  std::vector<float> x(depth, 2.0F);
  for (int const rows : {1, 4, 7, 100}) {
    array<float> a(rows, depth), y(rows);
    for (int n = 0; n < rows * depth; ++n) a.data()[n] = static_cast<float>(n % 17 - 8);
    run(op.a = a, op.x = x, op.y = y);
    int wrong = 0;
    for (int i = 0; i < rows; ++i) {
      float total = 0;
      for (int k = 0; k < depth; ++k) total += a(i, k) * 2.0F;
      wrong += y(i) != total;
    }
    std::cout << rows << " rows, wrong: " << wrong << "\n";
  }
  array<float> short_rows(4, depth - 1), y(4);
  if (fault const why = run.try_call(op.a = short_rows, op.x = x, op.y = y)) std::cout << why.sentence << "\n";
}
