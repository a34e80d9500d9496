#pragma once

#include <cstdint>

#include <tenon/support/text.hpp>
#include <tenon/support/text_view.hpp>

namespace tenon {

/// What one element of a tensor, or one value in a program, is. `i4` and `u4` are storage only.
enum class element : std::uint8_t { none, boolean, i4, u4, i8, u8, i16, u16, i32, u32, i64, u64, f16, bf16, f32, f64 };

namespace ir {

/// The type of counters and offsets.
inline constexpr element index_type = element::i64;

constexpr int bits_of(element e) {
  constexpr int bits[]{0, 8, 4, 4, 8, 8, 16, 16, 32, 32, 64, 64, 16, 16, 32, 64};
  return bits[static_cast<int>(e)];
}
/// Bytes of one element in memory; two 4-bit elements share one byte and count as one each here.
constexpr int bytes_of(element e) { return bits_of(e) < 8 ? 1 : bits_of(e) / 8; }

constexpr bool is_float(element e) { return e >= element::f16; }
constexpr bool is_integer(element e) { return e >= element::i4 && e <= element::u64; }
constexpr bool is_unsigned(element e) {
  return e == element::boolean || e == element::u4 || e == element::u8 || e == element::u16 || e == element::u32 ||
         e == element::u64;
}

constexpr text_view name_of(element e) {
  constexpr text_view names[]{"none",  "bool",   "int4",  "uint4",  "int8", "uint8",    "int16", "uint16",
                              "int32", "uint32", "int64", "uint64", "half", "bfloat16", "float", "double"};
  return names[static_cast<int>(e)];
}

}  // namespace ir

constexpr text& operator<<(text& to, element e) { return to << ir::name_of(e); }
constexpr text& operator<<(text&& to, element e) { return to << e; }

}  // namespace tenon
