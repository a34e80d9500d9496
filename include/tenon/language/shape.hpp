#pragma once

#include <concepts>
#include <cstdint>

#include <tenon/language/argument_error.hpp>

namespace tenon {

/// Up to eight numbers, one for each dimension: `{rows, columns}`.
struct shape {
  std::int64_t numbers[8]{};
  int rank = 0;

  constexpr shape() = default;
  template <std::integral... Numbers>
    requires(sizeof...(Numbers) >= 1 && sizeof...(Numbers) <= 8)
  constexpr shape(Numbers... each) : numbers{static_cast<std::int64_t>(each)...}, rank(sizeof...(Numbers)) {}

  constexpr std::int64_t& operator[](int dimension) { return numbers[dimension]; }
  constexpr std::int64_t operator[](int dimension) const { return numbers[dimension]; }
  constexpr bool operator==(shape const&) const = default;

  /// The product of the numbers; the greatest number there is where it is too large.
  constexpr std::int64_t elements() const {
    std::int64_t product = 1;
    bool large = false;
    for (int d = 0; d < rank; ++d) {
      if (numbers[d] == 0) return 0;
      large = large || __builtin_mul_overflow(product, numbers[d], &product);
    }
    return large ? INT64_MAX : product;
  }
  /// The strides of a dense row-major layout with these extents.
  constexpr shape row_major() const {
    shape strides = *this;
    std::int64_t stride = 1;
    for (int d = rank - 1; d >= 0; --d) {
      strides[d] = stride;
      stride = static_cast<std::int64_t>(static_cast<std::uint64_t>(stride) * static_cast<std::uint64_t>(numbers[d]));
    }
    return strides;
  }
};

constexpr text& operator<<(text& to, shape const& s) {
  for (int d = 0; d < s.rank; ++d) {
    if (d > 0) to << " x ";
    to << s[d];
  }
  return s.rank == 0 ? to << "one element" : to;
}
constexpr text& operator<<(text&& to, shape const& what) { return to << what; }

}  // namespace tenon
