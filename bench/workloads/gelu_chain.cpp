#include <bench/workloads/gelu_chain.hpp>

#include <bench/workloads/gelu.hpp>

#include <limits>

namespace tenon::bench {

gelu_chain::gelu_chain(std::size_t size) : x{random_floats(size, 41, 4.0F)}, y{size}, expected_(size) {
  for (std::size_t n = 0; n < size; ++n) { expected_[n] = static_cast<float>(gelu(double{x[n]} * w + b)); }
}

void gelu_chain::reset() { y.fill(std::numeric_limits<float>::quiet_NaN()); }

namespace {

workload<gelu_chain> const chain{"gelu_chain_4M", 1.05, std::size_t{1} << 22U};

// Ours stands here, contender<gelu_chain> const ours("tenon", role::ours, ...), and beside it one with the default
// schedule, held to 0.6 of it, and one with the length at run time, held to 0.97.

contender<gelu_chain> const loop("loop", role::plain, [](gelu_chain& p) -> task {
  return [&p] {
    for (std::size_t n = 0; n < p.y.size(); ++n) { p.y[n] = gelu(p.x[n] * p.w + p.b); }
  };
});

}  // namespace

}  // namespace tenon::bench
