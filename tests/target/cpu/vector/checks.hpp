#pragma once

#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <memory>
#include <tenon/target/cpu/vector.hpp>

// Numbers to compute with and comparisons of lanes, for the tests of the vectors.
namespace vector_test {

template <class T>
using compute = std::conditional_t<tenon::cpu::is_short_float<T>, float, T>;

// Small steps of a linear congruence, the same on every machine.
class numbers {
 public:
  explicit numbers(unsigned seed) : state_{seed * 2654435761U + 12345U} {}
  std::uint64_t next() {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return state_ >> 20;
  }
  template <class T>
  T any() {
    if constexpr (tenon::cpu::is_integer<T>) {
      return static_cast<T>(next());
    } else {
      return static_cast<T>(static_cast<float>(static_cast<int>(next() % 4001) - 2000) / 16.0F);
    }
  }
  template <class T>
  void fill(T* p, int n) {
    for (int i = 0; i < n; ++i) { p[i] = any<T>(); }
  }

 private:
  std::uint64_t state_;
};

template <class T>
bool same_value(T a, T b) {
  compute<T> const x = a;
  compute<T> const y = b;
  return x == y || (x != x && y != y);
}

// Every lane as wanted. One function for each type, called from very many places.
template <class T>
[[gnu::noinline]] bool lanes_are_these(T const* got, T const* wanted, int n) {
  for (int i = 0; i < n; ++i) {
    if (same_value(got[i], wanted[i])) continue;
    INFO("lane " << i << " of " << n << " with " << sizeof(T) << " bytes each: " << +compute<T>(got[i]) << ", wanted "
                 << +compute<T>(wanted[i]));
    CHECK(false);
    return false;
  }
  return true;
}

// CHECK, for templates: expanded once.
[[gnu::noinline]] inline void holds(bool condition, char const* what) { CHECK_MESSAGE(condition, what); }

// Memory that ends where its elements end, so that a sanitizer sees every step beyond it.
template <class T>
std::unique_ptr<T[]> just(int n) {
  return std::unique_ptr<T[]>(new T[static_cast<unsigned>(n)]());
}

// Every lane as expected(i) says.
template <class T, class F>
[[gnu::noinline]] bool lanes_are(T const* got, int n, F expected) {
  auto const wanted = just<T>(n);
  for (int i = 0; i < n; ++i) wanted[static_cast<unsigned>(i)] = static_cast<T>(expected(i));
  return lanes_are_these(got, wanted.get(), n);
}

template <class T>
T wrapped_product(T a, T b) {
  if constexpr (tenon::cpu::is_integer<T>) {
    return static_cast<T>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
  } else {
    return static_cast<T>(static_cast<compute<T>>(a) * static_cast<compute<T>>(b));
  }
}

template <class T>
T wrapped_sum(T a, T b) {
  if constexpr (tenon::cpu::is_integer<T>) {
    return static_cast<T>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
  } else {
    return static_cast<T>(static_cast<compute<T>>(a) + static_cast<compute<T>>(b));
  }
}

template <class T>
T wrapped_difference(T a, T b) {
  if constexpr (tenon::cpu::is_integer<T>) {
    return static_cast<T>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
  } else {
    return static_cast<T>(static_cast<compute<T>>(a) - static_cast<compute<T>>(b));
  }
}

// What this machine can run.
inline bool can_run(tenon::cpu::isa set) {
  return set == tenon::cpu::isa::xsimd_native || set <= tenon::cpu::machine_isa();
}

}  // namespace vector_test

// The types that a set of instructions is tested with: all of them for the sets that differ most, to keep the tests quick
// to compile.
#define TENON_TEST_ALL_TYPES                                                                                        \
  float, double, tenon::half, tenon::bfloat16, std::int8_t, std::int16_t, std::int32_t, std::int64_t, std::uint8_t, \
      std::uint16_t, std::uint32_t, std::uint64_t
#define TENON_TEST_SOME_TYPES float, double, tenon::half, std::uint8_t, std::int32_t
