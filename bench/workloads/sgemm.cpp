#include <bench/workloads/sgemm.hpp>

#include <cstddef>
#include <limits>

namespace tenon::bench {

std::vector<double> reference_product(int m, int n, int k, float const* a, float const* b) {
  auto const columns = static_cast<std::size_t>(n);
  std::vector<double> y(static_cast<std::size_t>(m) * columns);
  std::vector<double> wide(columns);
  for (std::size_t r = 0; r < static_cast<std::size_t>(k); ++r) {
    for (std::size_t j = 0; j < columns; ++j) { wide[j] = b[r * columns + j]; }
    for (std::size_t i = 0; i < static_cast<std::size_t>(m); ++i) {
      double const factor = a[i * static_cast<std::size_t>(k) + r];
      double* const row = y.data() + i * columns;
      for (std::size_t j = 0; j < columns; ++j) { row[j] += factor * wide[j]; }
    }
  }
  return y;
}

namespace {

std::size_t square(int n) { return static_cast<std::size_t>(n) * static_cast<std::size_t>(n); }

}  // namespace

sgemm::sgemm(int size)
    : n{size}, a{random_floats(square(size), 11)}, b{random_floats(square(size), 12)}, y{square(size)} {
  std::vector<double> const exact = reference_product(n, n, n, a.data(), b.data());
  expected_.assign(exact.begin(), exact.end());
}

void sgemm::reset() { y.fill(std::numeric_limits<float>::quiet_NaN()); }

double sgemm::error() const { return distance(y, expected_, 1e-6 * n); }

namespace {

workload<sgemm> const small{"sgemm_512", 0.95, 512};
workload<sgemm> const medium{"sgemm_1024", 1.0, 1024};
workload<sgemm> const large{"sgemm_2048", 1.0, 2048};

contender<sgemm> const loop("loop", role::plain, [](sgemm& p) -> task {
  if (p.n > 1024) {
    return {};  // seconds a call
  }
  return [&p] {
    auto const n = static_cast<std::size_t>(p.n);
    for (std::size_t i = 0; i < n; ++i) {
      float* const y = p.y.data() + i * n;
      for (std::size_t j = 0; j < n; ++j) { y[j] = 0; }
      for (std::size_t k = 0; k < n; ++k) {
        float const* const b = p.b.data() + k * n;
        float const a = p.a[i * n + k];
        for (std::size_t j = 0; j < n; ++j) { y[j] += a * b[j]; }
      }
    }
  };
});

}  // namespace

}  // namespace tenon::bench
