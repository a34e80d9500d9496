// Lesson 3: where a stage is computed. Rows of `across` stand ready just before `out` needs them, and each is made once.
#include <iostream>

#include <tenon/tenon.hpp>

using namespace tenon;

template <int Height, int Width>
struct blur {
  axis<"y", Height> y;
  axis<"v", Height + 2> v;
  axis<"x", Width> x;
  tensor<"in", std::int32_t, Height + 2, Width + 2> in;
  temporary<"across", std::int32_t, Height + 2, Width> across;
  tensor<"out", std::int32_t, Height, Width> out;

  constexpr auto define() const {
    return stages(across(v, x) = in(v, x) + in(v, x + 1) + in(v, x + 2),
                  out(y, x) = across(y, x) + across(y + 1, x) + across(y + 2, x));
  }

  constexpr auto schedule(cpu_target) const {
    return steps(compute_at(across, y), store_root(across),  // what y needs is made in its turn, and kept
                 slide(across), fold_storage(across, 0, 4),  // so two of three rows are there, and four places are enough
                 vectorize(across[x]), vectorize(out[x]));
  }
};

int main() {
  constexpr int height = 40, width = 64;
  array<std::int32_t> in(height + 2, width + 2), out(height, width);
  for (int n = 0; n < (height + 2) * (width + 2); ++n) in.data()[n] = n * 31 % 97;

  cpu::kernel<blur<height, width>> const run;
  run(in, out);

  int wrong = 0;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      int total = 0;
      for (int dy = 0; dy < 3; ++dy) {
        for (int dx = 0; dx < 3; ++dx) total += in(y + dy, x + dx);
      }
      wrong += out(y, x) != total;
    }
  }
  std::cout << run.loop_nest() << "wrong: " << wrong << " of " << out.elements() << "\n";
}
