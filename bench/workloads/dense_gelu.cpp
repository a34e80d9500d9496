#include <bench/workloads/dense_gelu.hpp>

#include <bench/workloads/gelu.hpp>
#include <bench/workloads/sgemm.hpp>

#include <cstddef>
#include <limits>

namespace tenon::bench {

namespace {

std::size_t area(int rows, int columns) { return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns); }

}  // namespace

// The weights are small, as a network's are, so that the sums stay where GELU bends.
dense_gelu::dense_gelu(int rows, int columns, int depth)
    : m{rows}, n{columns}, k{depth}, x{random_floats(area(m, k), 21)}, w{random_floats(area(k, n), 22, 0.1F)},
      b{random_floats(area(n, 1), 23)}, y{area(m, n)}, expected_(area(m, n)) {
  std::vector<double> const product = reference_product(m, n, k, x.data(), w.data());
  for (std::size_t at = 0; at < product.size(); ++at) {
    expected_[at] = static_cast<float>(gelu(product[at] + b[at % area(n, 1)]));
  }
}

void dense_gelu::reset() { y.fill(std::numeric_limits<float>::quiet_NaN()); }

double dense_gelu::error() const { return distance(y, expected_, 1e-4); }

namespace {

workload<dense_gelu> const layer{"dense_gelu_384x3072x768", 1.05, 384, 3072, 768};

// Ours stands here, contender<dense_gelu> const ours("tenon", role::ours, ...), with the weights packed in `prepare`.

contender<dense_gelu> const loop("loop", role::plain, [](dense_gelu& p) -> task {
  return [&p] {
    auto const n = static_cast<std::size_t>(p.n);
    auto const k = static_cast<std::size_t>(p.k);
    for (std::size_t i = 0; i < static_cast<std::size_t>(p.m); ++i) {
      float* const y = p.y.data() + i * n;
      for (std::size_t j = 0; j < n; ++j) { y[j] = p.b[j]; }
      for (std::size_t r = 0; r < k; ++r) {
        float const* const w = p.w.data() + r * n;
        float const x = p.x[i * k + r];
        for (std::size_t j = 0; j < n; ++j) { y[j] += x * w[j]; }
      }
      for (std::size_t j = 0; j < n; ++j) { y[j] = gelu(y[j]); }
    }
  };
});

}  // namespace

}  // namespace tenon::bench
