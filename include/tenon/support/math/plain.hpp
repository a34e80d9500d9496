#pragma once

#include <bit>
#include <cstdint>
#include <tenon/support/accuracy.hpp>

// The words of the mathematics for one float or double, in constant evaluation too.
namespace tenon::math::plain {

template <class V>
inline constexpr bool is_single = sizeof(V) == 4;
template <class V>
inline constexpr bool fma_rounds_once = false;
template <class V>
inline constexpr bool has_scale = false;

template <class V>
constexpr V number(double c) {
  return static_cast<V>(c);
}

constexpr std::uint32_t as_bits(float x) { return std::bit_cast<std::uint32_t>(x); }
constexpr std::uint64_t as_bits(double x) { return std::bit_cast<std::uint64_t>(x); }

template <class V, class Bits>
constexpr V as_number(Bits bits) {
  return std::bit_cast<V>(bits);
}

template <class Bits>
constexpr Bits bits_like(Bits, std::uint64_t value) {
  return static_cast<Bits>(value);
}

template <int Places, class Bits>
constexpr Bits shift_up(Bits bits) {
  return static_cast<Bits>(bits << Places);
}

template <int Places>
constexpr std::uint32_t shift_with_sign(std::uint32_t bits) {
  return static_cast<std::uint32_t>(static_cast<std::int32_t>(bits) >> Places);
}
template <int Places>
constexpr std::uint64_t shift_with_sign(std::uint64_t bits) {
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(bits) >> Places);
}

template <class V>
constexpr V whole_number(std::uint32_t bits) {
  return static_cast<V>(static_cast<std::int32_t>(bits));
}
template <class V>
constexpr V whole_number(std::uint64_t bits) {
  return static_cast<V>(static_cast<std::int64_t>(bits));
}

constexpr float to_single(double x) { return static_cast<float>(x); }
constexpr double to_double(float x) { return x; }

template <class V>
constexpr V select(bool truth, V a, V b) {
  return truth ? a : b;
}

constexpr bool all(bool truth) { return truth; }

// The first where the two do not compare.
template <class V>
constexpr V min(V a, V b) {
  return b < a ? b : a;
}

template <class V>
constexpr V max(V a, V b) {
  return a < b ? b : a;
}

template <class V>
constexpr V fma(V a, V b, V c) {
  return a * b + c;
}

template <class V>
constexpr bool is_negative(V x) {
  return (as_bits(x) >> (8 * sizeof(V) - 1)) != 0;
}

template <class V>
constexpr V abs(V x) {
  return is_negative(x) ? -x : x;
}

template <class V>
constexpr V copy_sign(V magnitude, V sign) {
  return is_negative(magnitude) != is_negative(sign) ? -magnitude : magnitude;
}

template <class V>
constexpr V round(V x) {
  V const unit = is_single<V> ? static_cast<V>(0x1p23) : static_cast<V>(0x1p52);
  V const magnitude = abs(x);
  return magnitude < unit ? copy_sign((magnitude + unit) - unit, x) : x;
}

}  // namespace tenon::math::plain
