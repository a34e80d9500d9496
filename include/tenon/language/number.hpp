#pragma once

#include <cstdint>
#include <cstring>
#include <limits>

#include <tenon/ir/program.hpp>
#include <tenon/language/argument.hpp>

namespace tenon::language {

template <class T>
T taken_as(unsigned char const* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}
template <class T>
bool keep_as(unsigned char* bytes, T value) {
  std::memcpy(bytes, &value, sizeof value);
  return true;
}

/// The number an argument holds; an unsigned one of 64 bits by its bits.
inline ir::scalar number_in(argument const& a) {
  unsigned char const* const v = a.value;
  switch (a.type) {
    case element::f16: return {.real = taken_as<half>(v)};
    case element::bf16: return {.real = taken_as<bfloat16>(v)};
    case element::f32: return {.real = taken_as<float>(v)};
    case element::f64: return {.real = taken_as<double>(v)};
    case element::boolean:
    case element::u8: return {.whole = taken_as<std::uint8_t>(v)};
    case element::i8: return {.whole = taken_as<std::int8_t>(v)};
    case element::u16: return {.whole = taken_as<std::uint16_t>(v)};
    case element::i16: return {.whole = taken_as<std::int16_t>(v)};
    case element::u32: return {.whole = taken_as<std::uint32_t>(v)};
    case element::i32: return {.whole = taken_as<std::int32_t>(v)};
    default: return {.whole = taken_as<std::int64_t>(v)};
  }
}

template <class T>
bool keep_whole(unsigned char* bytes, std::int64_t whole, bool above_signed) {
  if (above_signed || whole < static_cast<std::int64_t>(std::numeric_limits<T>::min()) ||
      whole > static_cast<std::int64_t>(std::numeric_limits<T>::max())) {
    return false;
  }
  return keep_as<T>(bytes, static_cast<T>(whole));
}

/// Gives the number another type: a floating one is rounded to a floating type, and everything else has to be kept exactly.
inline bool convert_number(argument& a, element to) {
  ir::scalar number = number_in(a);
  bool const above_signed = a.type == element::u64 && number.whole < 0;
  if (ir::is_float(to)) {
    double real = number.real;
    if (!ir::is_float(a.type)) {
      real = above_signed ? static_cast<double>(static_cast<std::uint64_t>(number.whole))
                          : static_cast<double>(number.whole);
    }
    bool kept = false;
    switch (to) {
      case element::f16: kept = keep_as(a.value, half(static_cast<float>(real))); break;
      case element::bf16: kept = keep_as(a.value, bfloat16(static_cast<float>(real))); break;
      case element::f32: kept = keep_as(a.value, static_cast<float>(real)); break;
      default: kept = keep_as(a.value, real); break;
    }
    bool const was_whole = !ir::is_float(a.type);
    a.type = to;
    return kept && (!was_whole || number_in(a).real == real);
  }
  if (ir::is_float(a.type)) {
    // 2^63 itself is no number of 64 bits; a NaN fails the comparison.
    if (!(number.real >= -0x1p63 && number.real < 0x1p63)) return false;
    number.whole = static_cast<std::int64_t>(number.real);
    if (static_cast<double>(number.whole) != number.real) return false;
  }
  std::int64_t const whole = number.whole;
  a.type = to;
  switch (to) {
    case element::boolean: return (whole == 0 || whole == 1) && keep_as(a.value, whole == 1);
    case element::i8: return keep_whole<std::int8_t>(a.value, whole, above_signed);
    case element::u8: return keep_whole<std::uint8_t>(a.value, whole, above_signed);
    case element::i16: return keep_whole<std::int16_t>(a.value, whole, above_signed);
    case element::u16: return keep_whole<std::uint16_t>(a.value, whole, above_signed);
    case element::i32: return keep_whole<std::int32_t>(a.value, whole, above_signed);
    case element::u32: return keep_whole<std::uint32_t>(a.value, whole, above_signed);
    case element::i64: return keep_whole<std::int64_t>(a.value, whole, above_signed);
    case element::u64: return (above_signed || whole >= 0) && keep_as(a.value, whole);
    default: return false;
  }
}

}  // namespace tenon::language
