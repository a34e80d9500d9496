#pragma once

#include <bench/data.hpp>
#include <bench/harness.hpp>

#include <cstddef>
#include <vector>

namespace tenon::bench {

/// y = a x + y in place.
struct axpy final : problem {
  explicit axpy(std::size_t size);

  void reset() override;
  double error() const override { return distance(y, expected_, 1e-6); }
  double amount() const override { return 3.0 * sizeof(float) * static_cast<double>(y.size()); }
  char const* unit() const override { return "GB/s"; }

  float a = 0.37F;
  floats x, y;

 private:
  floats start_;
  std::vector<float> expected_;
};

}  // namespace tenon::bench
