#pragma once

namespace tenon {

namespace detail {

/// Not constexpr: reaching it stops constant evaluation, and stops the program at run time.
[[noreturn]] inline void ensure_failed() { __builtin_trap(); }

}  // namespace detail

/// Something that holds unless this library is wrong. A user's mistake is never reported this way.
constexpr void ensure(bool holds) {
  if (!holds) detail::ensure_failed();
}

}  // namespace tenon
