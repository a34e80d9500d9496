#include <bench/workloads/blur.hpp>

#include <limits>

namespace tenon::bench {

namespace {

std::size_t area(std::ptrdiff_t rows, std::ptrdiff_t columns) {
  return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
}

void blur_rows(float const* in, std::ptrdiff_t in_pitch, float* out, std::ptrdiff_t out_pitch, float* across, int width,
               int height) {
  for (std::ptrdiff_t y = 0; y < height + 2; ++y) {
    float const* const from = in + y * in_pitch;
    float* const to = across + y * width;
    for (std::ptrdiff_t x = 0; x < width; ++x) { to[x] = (from[x] + from[x + 1] + from[x + 2]) * (1.0F / 3.0F); }
  }
  for (std::ptrdiff_t y = 0; y < height; ++y) {
    float const* const from = across + y * width;
    float* const to = out + y * out_pitch;
    for (std::ptrdiff_t x = 0; x < width; ++x) {
      to[x] = (from[x] + from[x + width] + from[x + 2 * width]) * (1.0F / 3.0F);
    }
  }
}

}  // namespace

blur::blur(int edge)
    : width{edge}, height{edge}, in_pitch{(edge + 2 + 15) / 16 * 16}, out_pitch{(edge + 15) / 16 * 16},
      in{random_floats(area(height + 2, in_pitch), 51)}, out{area(height, out_pitch)},
      expected_(area(height, out_pitch)) {
  for (std::ptrdiff_t y = 0; y < height; ++y) {
    for (std::ptrdiff_t x = 0; x < width; ++x) {
      double sum = 0;
      for (std::ptrdiff_t down = 0; down < 3; ++down) {
        for (std::ptrdiff_t right = 0; right < 3; ++right) { sum += in.data()[(y + down) * in_pitch + x + right]; }
      }
      expected_[area(y, out_pitch) + static_cast<std::size_t>(x)] = static_cast<float>(sum / 9);
    }
  }
}

void blur::reset() { out.fill(std::numeric_limits<float>::quiet_NaN()); }

namespace {

workload<blur> const image{"blur_4096", 1.3, 4096};

contender<blur> const loop("loop in two passes", role::plain, [](blur& p) -> task {
  auto const across = std::make_shared<std::vector<float>>(area(p.height + 2, p.width));
  return [&p, across] {
    blur_rows(p.in.data(), p.in_pitch, p.out.data(), p.out_pitch, across->data(), p.width, p.height);
  };
});

}  // namespace

}  // namespace tenon::bench
