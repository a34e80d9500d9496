#pragma once

#include <bench/data.hpp>
#include <bench/harness.hpp>

#include <vector>

namespace tenon::bench {

/// y = gelu(x w + b), all in rows; w is constant, so a contender may bring it into its own layout beforehand.
struct dense_gelu final : problem {
  dense_gelu(int rows, int columns, int depth);

  void reset() override;
  double error() const override;
  double amount() const override { return 2.0 * m * n * k; }
  char const* unit() const override { return "GFLOP/s"; }

  int m, n, k;
  floats x, w, b, y;

 private:
  std::vector<float> expected_;
};

}  // namespace tenon::bench
