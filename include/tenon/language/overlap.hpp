#pragma once

#include <cstdint>

#include <tenon/language/argument.hpp>

namespace tenon::language {

/// Bytes from the first element: `lowest` to just before `behind`, the same if there are none. Not `known` if there are too
/// many to count.
struct byte_range {
  bool known = true;
  std::int64_t lowest = 0;
  std::int64_t behind = 0;
};

/// The bytes from the first to the last element in use, or those of all dimensions but one.
[[gnu::noinline]] constexpr byte_range bytes_of_argument(argument const& a, int except = -1) {
  std::int64_t const bits = ir::bits_of(a.type);
  std::int64_t low = 0;
  std::int64_t high = 1;
  byte_range range{};
  for (int d = 0; d < a.rank; ++d) {
    std::int64_t reach = 0;
    if (a.extents[d] == 0) return {};
    if (d == except || a.extents[d] <= 1) continue;
    bool const large = __builtin_mul_overflow(a.extents[d] - 1, a.strides[d], &reach) ||
                       __builtin_add_overflow(reach < 0 ? low : high, reach, reach < 0 ? &low : &high);
    range.known = range.known && !large;
  }
  std::int64_t const most = INT64_MAX / 128;
  if (!range.known || low < -most || high > most) return {.known = false, .behind = 1};
  // Rounded outwards: two elements may share one byte.
  range.lowest = bits < 8 ? (low - 1) / 2 : low * (bits / 8);
  range.behind = bits < 8 ? (high + 1) / 2 : high * (bits / 8);
  return range;
}

/// How many elements there are; the greatest number there is for too many.
[[gnu::noinline]] constexpr std::int64_t elements_of(argument const& a) {
  std::int64_t product = 1;
  bool large = false;
  for (int d = 0; d < a.rank; ++d) {
    if (a.extents[d] == 0) return 0;
    large = large || __builtin_mul_overflow(product, a.extents[d], &product);
  }
  return large ? INT64_MAX : product;
}

/// How far apart neighbours lie, whichever comes first.
constexpr std::int64_t distance_in(argument const& a, int dimension) {
  std::int64_t const stride = a.strides[dimension];
  return stride >= 0 ? stride : stride == INT64_MIN ? INT64_MAX : -stride;
}

/// The dimension with the largest stride, of those with more than one element; -1: none.
constexpr int widest_dimension(argument const& a) {
  int widest = -1;
  for (int d = 0; d < a.rank; ++d) {
    if (a.extents[d] <= 1) continue;
    if (widest < 0 || distance_in(a, d) > distance_in(a, widest)) widest = d;
  }
  return widest;
}

/// Whether two elements of one argument may be the same memory. Says yes if it cannot tell.
[[gnu::cold, gnu::noinline]] constexpr bool overlaps_itself(argument a) {
  for (int left = a.rank; left > 0; --left) {
    int const d = widest_dimension(a);
    if (d < 0) return false;
    byte_range const inside = bytes_of_argument(a, d);
    std::int64_t const stride = distance_in(a, d);
    if (!inside.known || stride > INT64_MAX / 128) return true;
    if (stride * ir::bits_of(a.type) / 8 < inside.behind - inside.lowest) return true;
    a.extents[d] = 1;
  }
  return false;
}

/// Whether two arguments are the same elements in the same order.
constexpr bool same_memory(argument const& a, argument const& b) {
  bool same = a.address() == b.address() && a.rank == b.rank && ir::bits_of(a.type) == ir::bits_of(b.type);
  for (int d = 0; d < a.rank && same; ++d) {
    same = a.extents[d] == b.extents[d] && (a.extents[d] <= 1 || a.strides[d] == b.strides[d]);
  }
  return same;
}

namespace detail {

// Of two arguments whose bytes meet: whether they lie beside each other in rows of the same stride.
[[gnu::cold, gnu::noinline]] inline bool rows_lie_apart(argument const& a, argument const& b) {
  int const wide_a = widest_dimension(a);
  int const wide_b = widest_dimension(b);
  if (wide_a < 0 || wide_b < 0) return false;
  std::int64_t const row = a.strides[wide_a] * ir::bits_of(a.type) / 8;
  if (row <= 0 || b.strides[wide_b] * ir::bits_of(b.type) / 8 != row) return false;
  byte_range const row_a = bytes_of_argument(a, wide_a);
  byte_range const row_b = bytes_of_argument(b, wide_b);
  std::intptr_t apart = (reinterpret_cast<std::intptr_t>(b.address()) + row_b.lowest -
                         (reinterpret_cast<std::intptr_t>(a.address()) + row_a.lowest)) %
                        row;
  if (apart < 0) apart += row;
  return apart >= row_a.behind - row_a.lowest && apart + (row_b.behind - row_b.lowest) <= row;
}

}  // namespace detail

/// Whether two arguments may share memory: no if their bytes lie apart, or beside each other in rows of the same stride
/// (the left and the right half of a matrix). Says yes if it cannot tell.
inline bool overlap(argument const& a, byte_range const& in_a, argument const& b, byte_range const& in_b) {
  if (in_a.behind == in_a.lowest || in_b.behind == in_b.lowest) return false;
  if (!in_a.known || !in_b.known) return true;
  auto const at_a = reinterpret_cast<std::intptr_t>(a.address());
  auto const at_b = reinterpret_cast<std::intptr_t>(b.address());
  if (at_a + in_a.behind <= at_b + in_b.lowest || at_b + in_b.behind <= at_a + in_a.lowest) return false;
  return !detail::rows_lie_apart(a, b);
}
inline bool overlap(argument const& a, argument const& b) {
  return overlap(a, bytes_of_argument(a), b, bytes_of_argument(b));
}

}  // namespace tenon::language
