#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <tenon/support/bfloat16.hpp>
#include <tenon/support/half.hpp>

namespace tenon::cpu {

/// True of two equal types.
template <class A, class B>
inline constexpr bool same = false;
template <class A>
inline constexpr bool same<A, A> = true;

/// True of the floats that are kept in sixteen bits and computed with as float.
template <class T>
inline constexpr bool is_short_float = same<T, half> || same<T, bfloat16>;

/// True of the floats the machine computes with.
template <class T>
inline constexpr bool is_float = same<T, float> || same<T, double>;

/// True of the integers.
template <class T>
inline constexpr bool is_integer = !is_float<T> && !is_short_float<T>;

namespace detail {

template <int Bytes>
struct integers;
template <>
struct integers<1> {
  using with_sign = std::int8_t;
  using without_sign = std::uint8_t;
};
template <>
struct integers<2> {
  using with_sign = std::int16_t;
  using without_sign = std::uint16_t;
};
template <>
struct integers<4> {
  using with_sign = std::int32_t;
  using without_sign = std::uint32_t;
};
template <>
struct integers<8> {
  using with_sign = std::int64_t;
  using without_sign = std::uint64_t;
};

template <class T>
struct stored {
  using type = T;
};
template <>
struct stored<half> {
  using type = std::uint16_t;
};
template <>
struct stored<bfloat16> {
  using type = std::uint16_t;
};

}  // namespace detail

namespace detail {

template <class T>
struct wraps {
  using type = typename integers<sizeof(T)>::without_sign;
};
template <>
struct wraps<float> {
  using type = float;
};
template <>
struct wraps<double> {
  using type = double;
};

}  // namespace detail

/// What arithmetic is done in: floats in themselves, integers without their sign, where wrapping around is defined.
template <class T>
using wrapping = typename detail::wraps<T>::type;

/// The integer of that many bytes.
template <int Bytes>
using int_of = typename detail::integers<Bytes>::with_sign;

/// The unsigned integer of that many bytes.
template <int Bytes>
using uint_of = typename detail::integers<Bytes>::without_sign;

/// What a register holds for an element: itself, or the bits of a short float.
template <class T>
using stored = typename detail::stored<T>::type;

/// True of the integers with a sign.
template <class T>
inline constexpr bool has_sign = is_integer<T> && static_cast<T>(-1) < static_cast<T>(0);
template <>
inline constexpr bool has_sign<half> = false;
template <>
inline constexpr bool has_sign<bfloat16> = false;

namespace detail {

template <class T>
struct counted {
  T at[256];
  constexpr counted() : at{} {
    for (int i = 0; i < 256; ++i) {
      if constexpr (is_integer<T>) {
        at[i] = static_cast<T>(i);
      } else {
        at[i] = static_cast<T>(static_cast<float>(i));
      }
    }
  }
};

}  // namespace detail

/// 0, 1, 2 and so on, to be loaded from.
template <class T>
inline constexpr detail::counted<T> counting{};

}  // namespace tenon::cpu
