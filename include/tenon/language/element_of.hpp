#pragma once

#include <concepts>
#include <type_traits>

#include <tenon/ir/element.hpp>
#include <tenon/support/bfloat16.hpp>
#include <tenon/support/half.hpp>
#include <tenon/support/int4.hpp>

namespace tenon {

namespace detail {

template <class T, class... Others>
inline constexpr bool one_of = (std::same_as<T, Others> || ...);

template <class T>
constexpr element element_for() {
  if constexpr (std::same_as<T, bool>) return element::boolean;
  else if constexpr (std::same_as<T, float>) return element::f32;
  else if constexpr (std::same_as<T, double>) return element::f64;
  else if constexpr (std::same_as<T, half>) return element::f16;
  else if constexpr (std::same_as<T, bfloat16>) return element::bf16;
  else if constexpr (std::same_as<T, int4x2>) return element::i4;
  else if constexpr (std::same_as<T, uint4x2>) return element::u4;
  else if constexpr (one_of<T, char, wchar_t, char8_t, char16_t, char32_t>) return element::none;
  else if constexpr (std::integral<T>) {
    constexpr bool sign = std::is_signed_v<T>;
    switch (sizeof(T)) {
      case 1: return sign ? element::i8 : element::u8;
      case 2: return sign ? element::i16 : element::u16;
      case 4: return sign ? element::i32 : element::u32;
      case 8: return sign ? element::i64 : element::u64;
      default: return element::none;
    }
  } else return element::none;
}

}  // namespace detail

/// What a C++ type is as an element of a tensor; `none` for a type that is none.
template <class T>
inline constexpr element element_of = detail::element_for<std::remove_cv_t<T>>();

/// A C++ type that tensors are made of.
template <class T>
concept element_type = element_of<T> != element::none;

/// How many elements one object of the type holds: two for `int4x2` and `uint4x2`, else one.
template <element_type T>
inline constexpr int elements_in = detail::one_of<std::remove_cv_t<T>, int4x2, uint4x2> ? 2 : 1;

}  // namespace tenon
