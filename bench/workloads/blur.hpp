#pragma once

#include <bench/data.hpp>
#include <bench/harness.hpp>

#include <cstddef>
#include <vector>

namespace tenon::bench {

/// A 3×3 box blur in two stages, across and then down, of an image that reaches two rows and columns further
/// than the result: across(x, y) = (in(x, y) + in(x+1, y) + in(x+2, y)) / 3, and the same of `across` down.
/// The rows of both begin on a cache line.
struct blur final : problem {
  explicit blur(int edge);

  void reset() override;
  double error() const override { return distance(out, expected_, 1e-6); }
  double amount() const override { return 2.0 * sizeof(float) * width * height; }
  char const* unit() const override { return "GB/s"; }

  int width, height;
  std::ptrdiff_t in_pitch, out_pitch;  // floats from one row to the next
  floats in, out;                      // height + 2 rows of in_pitch; height rows of out_pitch

 private:
  std::vector<float> expected_;
};

}  // namespace tenon::bench
