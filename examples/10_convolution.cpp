// Lesson 10: a boundary. A convolution of 3 x 3 that reads zeros outside the image; channels lie innermost.
#include <iostream>

#include <tenon/tenon.hpp>

using namespace tenon;

template <int Height, int Width, int In, int Out>
struct convolution {
  axis<"y", Height> y;
  axis<"x", Width> x;
  axis<"o", Out> o;
  axis<"r", 3> r;
  axis<"s", 3> s;
  axis<"c", In> c;
  tensor<"image", float, Height, Width, In> image;
  tensor<"weight", float, 3, 3, In, Out> weight;
  tensor<"out", float, Height, Width, Out> out;

  constexpr auto define() const {
    return out(y, x, o) = sum(r, s, c, or_zero(image(y + r - 1, x + s - 1, c)) * weight(r, s, c, o));
  }

  constexpr auto schedule(cpu_target) const {
    return steps(split(x, 4), reorder(y, x.outer, r, s, c, x.inner, o), unroll(x.inner), vectorize(o), parallel(y));
  }
};

int main() {
  constexpr int height = 12, width = 16, in = 8, out = 32;
  array<float> image(height, width, in), weight(3, 3, in, out), result(height, width, out);
  for (int n = 0; n < height * width * in; ++n) image.data()[n] = static_cast<float>(n * 13 % 7 - 3);
  for (int n = 0; n < 9 * in * out; ++n) weight.data()[n] = static_cast<float>(n * 11 % 5 - 2);

  cpu::kernel<convolution<height, width, in, out>>{}(image, weight, result);

  int wrong = 0;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int o = 0; o < out; ++o) {
        float total = 0;
        for (int r = 0; r < 3; ++r) {
          for (int s = 0; s < 3; ++s) {
            int const v = y + r - 1, u = x + s - 1;
            if (v < 0 || v >= height || u < 0 || u >= width) continue;
            for (int c = 0; c < in; ++c) total += image(v, u, c) * weight(r, s, c, o);
          }
        }
        wrong += result(y, x, o) != total;
      }
    }
  }
  std::cout << "wrong: " << wrong << " of " << result.elements() << "\n";
}
