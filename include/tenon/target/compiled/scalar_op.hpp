#pragma once

#include <cstdint>
#include <type_traits>

#include <tenon/ir/cpp_type.hpp>
#include <tenon/ir/op.hpp>
#include <tenon/support/config.hpp>

namespace tenon::compiled {

namespace detail {

template <class T>
struct without_sign {
  using type = std::make_unsigned_t<T>;
};
template <>
struct without_sign<bool> {
  using type = unsigned char;
};

/// Sums and products of integers wrap around; those narrower than int are computed as unsigned.
template <class T>
using wraps_in = std::common_type_t<typename without_sign<T>::type, unsigned>;

}  // namespace detail

/// `a What b` for two numbers, as `ir::apply` means it.
template <ir::op What, class T>
__attribute__((TENON_ALWAYS)) constexpr auto scalar_op(T a, T b) {
  using ir::op;
  if constexpr (What == op::equal) return a == b;
  else if constexpr (What == op::not_equal) return a != b;
  else if constexpr (What == op::less) return a < b;
  else if constexpr (What == op::less_equal) return a <= b;
  else if constexpr (What == op::logical_and) return static_cast<bool>(static_cast<int>(a) & static_cast<int>(b));
  else if constexpr (What == op::logical_or) return static_cast<bool>(static_cast<int>(a) | static_cast<int>(b));
  else if constexpr (What == op::min) return b < a ? b : a;
  else if constexpr (What == op::max) return a < b ? b : a;
  else if constexpr (std::is_floating_point_v<T>) {
    if constexpr (What == op::add) return a + b;
    else if constexpr (What == op::sub) return a - b;
    else if constexpr (What == op::mul) return a * b;
    else return a / b;
  } else {
    using u = detail::wraps_in<T>;
    if constexpr (What == op::add) return static_cast<T>(static_cast<u>(a) + static_cast<u>(b));
    else if constexpr (What == op::sub) return static_cast<T>(static_cast<u>(a) - static_cast<u>(b));
    else if constexpr (What == op::mul) return static_cast<T>(static_cast<u>(a) * static_cast<u>(b));
    else if constexpr (What == op::div)
      return static_cast<T>(std::is_signed_v<T> && b == static_cast<T>(-1) ? static_cast<T>(u{0} - static_cast<u>(a))
                                                                           : static_cast<T>(a / b));
    else if constexpr (What == op::mod)
      return static_cast<T>(std::is_signed_v<T> && b == static_cast<T>(-1) ? T{0} : static_cast<T>(a % b));
    else if constexpr (What == op::floor_div)
      return static_cast<T>(a / b - static_cast<T>(a % b != 0 && (a < 0) != (b < 0)));
    else if constexpr (What == op::floor_mod)
      return static_cast<T>(a % b + (a % b != 0 && (a < 0) != (b < 0) ? b : T{0}));
    else if constexpr (What == op::bit_and) return static_cast<T>(a & b);
    else if constexpr (What == op::bit_or) return static_cast<T>(a | b);
    else if constexpr (What == op::bit_xor) return static_cast<T>(a ^ b);
    else if constexpr (What == op::shift_left)
      return static_cast<T>(static_cast<u>(a) << (b & (8 * static_cast<T>(sizeof(T)) - 1)));
    else return static_cast<T>(a >> (b & (8 * static_cast<T>(sizeof(T)) - 1)));
  }
}

/// `What a` for one number.
template <ir::op What, class T>
__attribute__((TENON_ALWAYS)) constexpr T scalar_op(T a) {
  using ir::op;
  if constexpr (What == op::logical_not) return !a;
  else if constexpr (std::is_floating_point_v<T>) {
    if constexpr (What == op::negate) return -a;
    else return a < T{0} || (a == T{0} && __builtin_signbit(a)) ? -a : a;
  } else {
    using u = detail::wraps_in<T>;
    if constexpr (What == op::negate) return static_cast<T>(u{0} - static_cast<u>(a));
    else if constexpr (What == op::bit_not) return static_cast<T>(~a);
    else return a < T{0} ? static_cast<T>(u{0} - static_cast<u>(a)) : a;
  }
}

/// The value as another type: static_cast, where numbers become true unless they are zero.
template <class To, class From>
__attribute__((TENON_ALWAYS)) constexpr To scalar_cast(From a) {
  constexpr bool is_short = std::is_same_v<From, half> || std::is_same_v<From, bfloat16>;
  if constexpr (std::is_same_v<To, From>) return a;
  else if constexpr (is_short) return scalar_cast<To>(static_cast<float>(a));
  else if constexpr (std::is_same_v<To, bool>) return a != From{0};
  else if constexpr (std::is_same_v<To, half> || std::is_same_v<To, bfloat16>) return To(static_cast<float>(a));
  else return static_cast<To>(a);
}

}  // namespace tenon::compiled
