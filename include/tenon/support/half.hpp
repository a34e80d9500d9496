#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace tenon {

namespace detail {

// Round to nearest even. 0x477ff000 is 65520, the first float that rounds to infinity; 0x38800000 is the least normal half.
constexpr std::uint16_t half_bits(float value) {
  std::uint32_t const x = std::bit_cast<std::uint32_t>(value);
  std::uint32_t const sign = (x >> 16) & 0x8000U;
  std::uint32_t const a = x & 0x7fffffffU;
  std::uint32_t r = 0;
  if (a > 0x7f800000U) {
    r = 0x7e00U | ((a >> 13) & 0x3ffU);
  } else if (a >= 0x477ff000U) {
    r = 0x7c00U;
  } else if (a >= 0x38800000U) {
    std::uint32_t const rebiased = a - 0x38000000U;
    r = (rebiased + 0xfffU + ((rebiased >> 13) & 1U)) >> 13;
  } else if (a >= 0x33000000U) {
    std::uint32_t const shift = 126U - (a >> 23);
    std::uint32_t const fraction = (a & 0x7fffffU) | 0x800000U;
    std::uint32_t const rest = fraction & ((1U << shift) - 1U);
    std::uint32_t const tie = 1U << (shift - 1U);
    r = fraction >> shift;
    r += (rest > tie || (rest == tie && (r & 1U) != 0U)) ? 1U : 0U;
  }
  return static_cast<std::uint16_t>(sign | r);
}

constexpr float half_value(std::uint16_t bits) {
  std::uint32_t const sign = (bits & 0x8000U) << 16;
  std::uint32_t const exponent = (bits >> 10) & 0x1fU;
  std::uint32_t const fraction = bits & 0x3ffU;
  if (exponent == 0x1fU) {
    std::uint32_t const quiet = fraction != 0U ? 0x400000U : 0U;
    return std::bit_cast<float>(sign | 0x7f800000U | quiet | (fraction << 13));
  }
  if (exponent == 0U) {
    float const magnitude = static_cast<float>(fraction) * 0x1p-24F;
    return std::bit_cast<float>(sign | std::bit_cast<std::uint32_t>(magnitude));
  }
  return std::bit_cast<float>(sign | ((exponent + 112U) << 23) | (fraction << 13));
}

}  // namespace detail

/// IEEE binary16: kept in two bytes, computed with as float.
struct half {
  std::uint16_t bits;

  half() = default;
  /// Rounds to nearest even.
  constexpr explicit half(float value) : bits{detail::half_bits(value)} {}
  /// The same value, exactly.
  constexpr operator float() const { return detail::half_value(bits); }

  /// The number with these sixteen bits.
  static constexpr half from_bits(std::uint16_t bits) {
    half h(0.0F);
    h.bits = bits;
    return h;
  }
};

}  // namespace tenon

template <>
struct std::numeric_limits<tenon::half> {
  static constexpr bool is_specialized = true;
  static constexpr bool is_signed = true;
  static constexpr bool is_integer = false;
  static constexpr bool is_exact = false;
  static constexpr bool has_infinity = true;
  static constexpr bool has_quiet_NaN = true;
  static constexpr bool is_iec559 = true;
  static constexpr bool is_bounded = true;
  static constexpr int radix = 2;
  static constexpr int digits = 11;
  static constexpr int min_exponent = -13;
  static constexpr int max_exponent = 16;
  static constexpr tenon::half min() { return tenon::half::from_bits(0x0400); }
  static constexpr tenon::half max() { return tenon::half::from_bits(0x7bff); }
  static constexpr tenon::half lowest() { return tenon::half::from_bits(0xfbff); }
  static constexpr tenon::half epsilon() { return tenon::half::from_bits(0x1400); }
  static constexpr tenon::half denorm_min() { return tenon::half::from_bits(0x0001); }
  static constexpr tenon::half infinity() { return tenon::half::from_bits(0x7c00); }
  static constexpr tenon::half quiet_NaN() { return tenon::half::from_bits(0x7e00); }
};
