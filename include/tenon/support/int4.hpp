#pragma once

#include <cstdint>

namespace tenon {

/// Two integers of four bits, -8 to 7, in one byte: the first in the low bits.
struct int4x2 {
  std::uint8_t bits;

  int4x2() = default;
  /// Keeps the low four bits of each.
  constexpr int4x2(int first, int second)
      : bits{static_cast<std::uint8_t>((static_cast<unsigned>(first) & 15U) |
                                       ((static_cast<unsigned>(second) & 15U) << 4))} {}

  constexpr std::int8_t first() const { return static_cast<std::int8_t>(((bits & 15) ^ 8) - 8); }
  constexpr std::int8_t second() const { return static_cast<std::int8_t>(((bits >> 4) ^ 8) - 8); }
  constexpr bool operator==(int4x2 const&) const = default;
};

/// Two integers of four bits, 0 to 15, in one byte: the first in the low bits.
struct uint4x2 {
  std::uint8_t bits;

  uint4x2() = default;
  /// Keeps the low four bits of each.
  constexpr uint4x2(unsigned first, unsigned second)
      : bits{static_cast<std::uint8_t>((first & 15U) | ((second & 15U) << 4))} {}

  constexpr std::uint8_t first() const { return static_cast<std::uint8_t>(bits & 15); }
  constexpr std::uint8_t second() const { return static_cast<std::uint8_t>(bits >> 4); }
  constexpr bool operator==(uint4x2 const&) const = default;
};

}  // namespace tenon
