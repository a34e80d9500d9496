#pragma once

#include <bench/data.hpp>
#include <bench/harness.hpp>

#include <vector>

namespace tenon::bench {

/// y = a b for square matrices in rows; whatever packing a contender wants is part of its call.
struct sgemm final : problem {
  explicit sgemm(int size);

  void reset() override;
  double error() const override;
  double amount() const override { return 2.0 * n * n * n; }
  char const* unit() const override { return "GFLOP/s"; }

  int n;
  floats a, b, y;

 private:
  std::vector<float> expected_;
};

/// Rows of a matrix product in double precision: m × n from m × k and k × n.
std::vector<double> reference_product(int m, int n, int k, float const* a, float const* b);

}  // namespace tenon::bench
