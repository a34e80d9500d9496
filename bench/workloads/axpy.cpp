#include <bench/workloads/axpy.hpp>

#include <cstring>

namespace tenon::bench {

axpy::axpy(std::size_t size) : x{random_floats(size, 31)}, y{size}, start_{random_floats(size, 32)}, expected_(size) {
  for (std::size_t n = 0; n < size; ++n) { expected_[n] = a * x[n] + start_[n]; }
}

void axpy::reset() { std::memcpy(y.data(), start_.data(), y.size() * sizeof(float)); }

namespace {

workload<axpy> const long_vectors{"axpy_16M", 0.98, std::size_t{1} << 24U};

// Ours stands here, contender<axpy> const ours("tenon", role::ours, ...).

contender<axpy> const loop("loop", role::plain, [](axpy& p) -> task {
  return [x = p.x.data(), y = p.y.data(), a = p.a, size = p.y.size()] {
    for (std::size_t n = 0; n < size; ++n) { y[n] = a * x[n] + y[n]; }
  };
});

}  // namespace

}  // namespace tenon::bench
