#pragma once

#include <bench/data.hpp>
#include <bench/harness.hpp>

#include <cstddef>
#include <vector>

namespace tenon::bench {

/// y = gelu(x w + b) with numbers w and b, element by element.
struct gelu_chain final : problem {
  explicit gelu_chain(std::size_t size);

  void reset() override;
  double error() const override { return distance(y, expected_, 1e-5); }
  double amount() const override { return 2.0 * sizeof(float) * static_cast<double>(y.size()); }
  char const* unit() const override { return "GB/s"; }

  float w = 1.3F;
  float b = 0.2F;
  floats x, y;

 private:
  std::vector<float> expected_;
};

}  // namespace tenon::bench
