#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

namespace tenon::bench {

/// An array of floats on its own cache lines.
class floats {
 public:
  floats() = default;

  explicit floats(std::size_t size)
      : memory_{static_cast<float*>(std::aligned_alloc(64, (size * sizeof(float) + 63) / 64 * 64))}, size_{size} {
    if (!memory_) { throw std::bad_alloc{}; }
    fill(0.0F);
  }

  using value_type = float;
  float* data() const { return memory_.get(); }
  float* begin() const { return data(); }
  float* end() const { return data() + size_; }
  std::size_t size() const { return size_; }
  float& operator[](std::size_t n) const { return memory_.get()[n]; }

  void fill(float value) {
    for (std::size_t n = 0; n < size_; ++n) { memory_.get()[n] = value; }
  }

 private:
  struct release {
    void operator()(float* memory) const { std::free(memory); }
  };

  std::unique_ptr<float, release> memory_;
  std::size_t size_ = 0;
};

/// Random numbers, none of them zero, between -range and range; the same for the same seed.
inline floats random_floats(std::size_t size, std::uint64_t seed, float range = 1.0F) {
  floats result{size};
  std::uint64_t state = seed * 0x9E3779B97F4A7C15U + 1;
  for (std::size_t n = 0; n < size; ++n) {
    state ^= state << 13U;
    state ^= state >> 7U;
    state ^= state << 17U;
    // An odd number of 24 bits, so that the middle of the range is never met.
    auto const odd = static_cast<std::int32_t>((state >> 40U) | 1U) - (1 << 23);
    result[n] = range * static_cast<float>(odd) / static_cast<float>(1 << 23);
  }
  return result;
}

/// How far `got` is from `expected`, at worst, in multiples of `allowed * (1 + |expected|)`.
double distance(floats const& got, std::vector<float> const& expected, double allowed);

}  // namespace tenon::bench
