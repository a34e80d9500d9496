#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace tenon {

namespace detail {

constexpr std::uint16_t bfloat16_bits(float value) {
  std::uint32_t const x = std::bit_cast<std::uint32_t>(value);
  if ((x & 0x7fffffffU) > 0x7f800000U) { return static_cast<std::uint16_t>((x >> 16) | 0x40U); }
  return static_cast<std::uint16_t>((x + 0x7fffU + ((x >> 16) & 1U)) >> 16);
}

}  // namespace detail

/// The upper half of a float: kept in two bytes, computed with as float.
struct bfloat16 {
  std::uint16_t bits;

  bfloat16() = default;
  /// Rounds to nearest even.
  constexpr explicit bfloat16(float value) : bits{detail::bfloat16_bits(value)} {}
  /// The same value, exactly.
  constexpr operator float() const { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }

  /// The number with these sixteen bits.
  static constexpr bfloat16 from_bits(std::uint16_t bits) {
    bfloat16 b(0.0F);
    b.bits = bits;
    return b;
  }
};

}  // namespace tenon

template <>
struct std::numeric_limits<tenon::bfloat16> {
  static constexpr bool is_specialized = true;
  static constexpr bool is_signed = true;
  static constexpr bool is_integer = false;
  static constexpr bool is_exact = false;
  static constexpr bool has_infinity = true;
  static constexpr bool has_quiet_NaN = true;
  static constexpr bool is_iec559 = false;
  static constexpr bool is_bounded = true;
  static constexpr int radix = 2;
  static constexpr int digits = 8;
  static constexpr int min_exponent = -125;
  static constexpr int max_exponent = 128;
  static constexpr tenon::bfloat16 min() { return tenon::bfloat16::from_bits(0x0080); }
  static constexpr tenon::bfloat16 max() { return tenon::bfloat16::from_bits(0x7f7f); }
  static constexpr tenon::bfloat16 lowest() { return tenon::bfloat16::from_bits(0xff7f); }
  static constexpr tenon::bfloat16 epsilon() { return tenon::bfloat16::from_bits(0x3c00); }
  static constexpr tenon::bfloat16 denorm_min() { return tenon::bfloat16::from_bits(0x0001); }
  static constexpr tenon::bfloat16 infinity() { return tenon::bfloat16::from_bits(0x7f80); }
  static constexpr tenon::bfloat16 quiet_NaN() { return tenon::bfloat16::from_bits(0x7fc0); }
};
