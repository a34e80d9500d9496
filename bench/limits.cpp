#include <bench/limits.hpp>

#include <bench/data.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstring>

#if defined(__SSE__)
#include <immintrin.h>
#endif

namespace tenon::bench {

namespace {

#if defined(__AVX512F__)
constexpr int vector_bytes = 64;
#elif defined(__AVX__)
constexpr int vector_bytes = 32;
#else
constexpr int vector_bytes = 16;
#endif

using lanes [[gnu::vector_size(vector_bytes)]] = float;

// Twelve independent chains hide the latency of two multiply-add units.
constexpr int chains = 12;

// What it leaves in memory keeps the work between the two looks at the clock.
float volatile kept = 0;

[[gnu::noinline]] void multiply_add(long times, float factor, float summand) {
  lanes const f = lanes{} + factor;
  lanes const s = lanes{} + summand;
  lanes sum[chains];
  for (int c = 0; c < chains; ++c) {
    sum[c] = lanes{} + summand * static_cast<float>(c);  // all different, or they would be one
  }
  for (long n = 0; n < times; ++n) {
#pragma GCC unroll 12
    for (int c = 0; c < chains; ++c) { sum[c] = sum[c] * f + s; }
  }
  lanes total{};
  for (lanes const& one : sum) { total += one; }
  kept = total[0];
}

[[gnu::noinline]] void stream(float const* from, float* to, std::size_t size) {
#if defined(__SSE__)
  for (std::size_t n = 0; n < size; n += vector_bytes / sizeof(float)) {
#if defined(__AVX512F__)
    _mm512_stream_ps(to + n, _mm512_load_ps(from + n));
#elif defined(__AVX__)
    _mm256_stream_ps(to + n, _mm256_load_ps(from + n));
#else
    _mm_stream_ps(to + n, _mm_load_ps(from + n));
#endif
  }
  _mm_sfence();
#else
  std::memcpy(to, from, size * sizeof(float));
#endif
}

template <class Work>
double best_seconds(int times, Work const& work) {
  double best = 1e9;
  for (int n = 0; n < times; ++n) {
    auto const begin = std::chrono::steady_clock::now();
    work();
    std::chrono::duration<double> const passed = std::chrono::steady_clock::now() - begin;
    best = std::min(best, passed.count());
  }
  return best;
}

}  // namespace

limits measure_limits() {
  limits found;
  constexpr long times = 1'000'000;
  double const seconds = best_seconds(8, [&] { multiply_add(times, 0.5F, 0.5F); });
  found.fma_gflops = 2.0 * chains * times * (vector_bytes / sizeof(float)) / seconds / 1e9;

  constexpr std::size_t size = 32U << 20U;  // 128 MiB an array: four times a large cache
  floats const from = random_floats(size, 3);
  floats const to{size};
  double const bytes = 2.0 * sizeof(float) * size;
  found.copy_gbytes = bytes / 1e9 / best_seconds(6, [&] {
                        for (std::size_t n = 0; n < size; n += 16) {
                          std::memcpy(to.data() + n, from.data() + n, 64);
                          asm volatile("" ::: "memory");  // or the loop becomes one call, which passes the caches by
                        }
                      });
#if defined(__SSE__)
  found.stream_gbytes = bytes / 1e9 / best_seconds(6, [&] { stream(from.data(), to.data(), size); });
#endif
  return found;
}

}  // namespace tenon::bench
