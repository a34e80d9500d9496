#pragma once

#include <cstdint>

#include <tenon/ir/element.hpp>
#include <tenon/support/bfloat16.hpp>
#include <tenon/support/half.hpp>

namespace tenon::ir {

namespace detail {

template <element E>
struct cpp;
template <> struct cpp<element::boolean> {
  using type = bool;
};
template <> struct cpp<element::i8> {
  using type = std::int8_t;
};
template <> struct cpp<element::u8> {
  using type = std::uint8_t;
};
template <> struct cpp<element::i16> {
  using type = std::int16_t;
};
template <> struct cpp<element::u16> {
  using type = std::uint16_t;
};
template <> struct cpp<element::i32> {
  using type = std::int32_t;
};
template <> struct cpp<element::u32> {
  using type = std::uint32_t;
};
template <> struct cpp<element::i64> {
  using type = std::int64_t;
};
template <> struct cpp<element::u64> {
  using type = std::uint64_t;
};
template <> struct cpp<element::f16> {
  using type = half;
};
template <> struct cpp<element::bf16> {
  using type = bfloat16;
};
template <> struct cpp<element::f32> {
  using type = float;
};
template <> struct cpp<element::f64> {
  using type = double;
};

}  // namespace detail

/// The C++ type of one element.
template <element E>
using cpp_type = typename detail::cpp<E>::type;

}  // namespace tenon::ir
