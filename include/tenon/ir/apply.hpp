#pragma once

#include <bit>
#include <cstdint>

#include <tenon/ir/program.hpp>
#include <tenon/support/accuracy.hpp>
#include <tenon/support/bfloat16.hpp>
#include <tenon/support/half.hpp>
#include <tenon/support/math.hpp>

/// What each op makes of its operands: the one table of meanings that evaluation and constant folding share.
namespace tenon::ir {

namespace detail {

/// The integer wrapped into `type`, as memory of that type would hold it.
constexpr std::int64_t wrapped(element type, std::int64_t v) {
  switch (type) {
    case element::boolean: return v != 0;
    case element::i4: return ((v & 15) ^ 8) - 8;
    case element::u4: return v & 15;
    case element::i8: return static_cast<std::int8_t>(v);
    case element::u8: return static_cast<std::uint8_t>(v);
    case element::i16: return static_cast<std::int16_t>(v);
    case element::u16: return static_cast<std::uint16_t>(v);
    case element::i32: return static_cast<std::int32_t>(v);
    case element::u32: return static_cast<std::uint32_t>(v);
    default: return v;
  }
}

/// The real number rounded to `type`.
constexpr double rounded(element type, double v) {
  switch (type) {
    case element::f16: return static_cast<float>(half(static_cast<float>(v)));
    case element::bf16: return static_cast<float>(bfloat16(static_cast<float>(v)));
    case element::f32: return static_cast<float>(v);
    default: return v;
  }
}

constexpr std::int64_t wrapping(op what, std::int64_t a, std::int64_t b) {
  auto const x = static_cast<std::uint64_t>(a);
  auto const y = static_cast<std::uint64_t>(b);
  switch (what) {
    case op::add: return static_cast<std::int64_t>(x + y);
    case op::sub: return static_cast<std::int64_t>(x - y);
    default: return static_cast<std::int64_t>(x * y);
  }
}

}  // namespace detail

constexpr scalar whole(element type, std::int64_t v) { return {.whole = detail::wrapped(type, v)}; }
constexpr scalar real(element type, double v) { return {.real = detail::rounded(type, v)}; }

constexpr scalar cast(element from, element to, scalar v) {
  if (to == element::boolean) return {.whole = is_float(from) ? v.real != 0 : v.whole != 0};
  if (is_float(from)) return is_float(to) ? real(to, v.real) : whole(to, static_cast<std::int64_t>(v.real));
  if (!is_float(to)) return whole(to, v.whole);
  return real(to, from == element::u64 ? static_cast<double>(static_cast<std::uint64_t>(v.whole))
                                       : static_cast<double>(v.whole));
}

/// `a what b`; both operands are of `type`.
constexpr scalar apply(op what, element type, scalar a, scalar b) {
  if (is_float(type)) {
    double const x = a.real;
    double const y = b.real;
    switch (what) {
      case op::add: return real(type, x + y);
      case op::sub: return real(type, x - y);
      case op::mul: return real(type, x * y);
      case op::div: return real(type, x / y);
      case op::min: return {.real = y < x ? y : x};
      case op::max: return {.real = x < y ? y : x};
      case op::equal: return {.whole = x == y};
      case op::not_equal: return {.whole = x != y};
      case op::less: return {.whole = x < y};
      case op::less_equal: return {.whole = x <= y};
      default: ensure(false); return {};
    }
  }
  std::int64_t const x = a.whole;
  std::int64_t const y = b.whole;
  bool const below = type == element::u64 ? static_cast<std::uint64_t>(x) < static_cast<std::uint64_t>(y) : x < y;
  switch (what) {
    case op::add:
    case op::sub:
    case op::mul: return whole(type, detail::wrapping(what, x, y));
    case op::div:
      if (type == element::u64) {
        return {.whole = static_cast<std::int64_t>(static_cast<std::uint64_t>(x) / static_cast<std::uint64_t>(y))};
      }
      return whole(type, y == -1 ? detail::wrapping(op::sub, 0, x) : x / y);
    case op::mod:
      if (type == element::u64) {
        return {.whole = static_cast<std::int64_t>(static_cast<std::uint64_t>(x) % static_cast<std::uint64_t>(y))};
      }
      return whole(type, y == -1 ? 0 : x % y);
    case op::floor_div: return whole(type, x / y - (x % y != 0 && (x < 0) != (y < 0) ? 1 : 0));
    case op::floor_mod: return whole(type, x % y + (x % y != 0 && (x < 0) != (y < 0) ? y : 0));
    case op::min: return {.whole = below ? x : y};
    case op::max: return {.whole = below ? y : x};
    case op::bit_and: return whole(type, x & y);
    case op::bit_or: return whole(type, x | y);
    case op::bit_xor: return whole(type, x ^ y);
    // As many places as the type has bits begin again at none.
    case op::shift_left:
      return whole(type, static_cast<std::int64_t>(static_cast<std::uint64_t>(x) << (y & (bits_of(type) - 1))));
    case op::shift_right:
      return whole(type, type == element::u64 ? static_cast<std::int64_t>(static_cast<std::uint64_t>(x) >> (y & 63))
                                              : x >> (y & (bits_of(type) - 1)));
    case op::equal: return {.whole = x == y};
    case op::not_equal: return {.whole = x != y};
    case op::less: return {.whole = below};
    case op::less_equal: return {.whole = below || x == y};
    case op::logical_and: return {.whole = x != 0 && y != 0};
    case op::logical_or: return {.whole = x != 0 || y != 0};
    default: ensure(false); return {};
  }
}

/// One operand of `type`.
constexpr scalar apply(op what, element type, scalar a) {
  switch (what) {
    case op::negate:
      return is_float(type) ? scalar{.real = -a.real} : whole(type, detail::wrapping(op::sub, 0, a.whole));
    case op::absolute:
      if (is_float(type))
        return {.real = a.real < 0 || (a.real == 0 && std::bit_cast<std::int64_t>(a.real) != 0) ? -a.real : a.real};
      return a.whole < 0 && !is_unsigned(type) ? whole(type, detail::wrapping(op::sub, 0, a.whole)) : a;
    case op::bit_not: return whole(type, ~a.whole);
    case op::logical_not: return {.whole = a.whole == 0};
    default: ensure(false); return {};
  }
}

/// Fixed-point scaling: (a * multiplier) / 2^shift, halves rounded up; the shift counts modulo 64.
constexpr scalar multiply_shift(scalar a, scalar multiplier, scalar shift) {
  std::int64_t const product = detail::wrapping(op::mul, a.whole, multiplier.whole);
  std::int64_t const places = shift.whole & 63;
  std::int64_t const half = static_cast<std::int64_t>(std::uint64_t{1} << places) >> 1;
  return whole(element::i32, detail::wrapping(op::add, product, half) >> places);
}

namespace detail {

/// Towards zero. Reals of 2^52 and more are whole.
constexpr double truncated(double x) {
  return x > -0x1p52 && x < 0x1p52 ? static_cast<double>(static_cast<std::int64_t>(x)) : x;
}
constexpr double downwards(double x) {
  double const whole = truncated(x);
  return whole > x ? whole - 1 : whole;
}
/// To the nearest, halves to the even one.
constexpr double nearest(double x) {
  double const below = downwards(x);
  double const rest = x - below;
  bool const up = rest > 0.5 || (rest == 0.5 && truncated(below / 2) * 2 != below);
  return up ? below + 1 : below;
}

}  // namespace detail

constexpr scalar apply(math what, element type, scalar a, scalar b) {
  double const x = a.real;
  double result = 0;
  switch (what) {
    case math::exp: result = tenon::math::exp<accuracy::exact>(x); break;
    case math::exp2: result = tenon::math::exp2<accuracy::exact>(x); break;
    case math::log: result = tenon::math::log<accuracy::exact>(x); break;
    case math::log2: result = tenon::math::log2<accuracy::exact>(x); break;
    case math::tanh: result = tenon::math::tanh<accuracy::exact>(x); break;
    case math::sigmoid: result = tenon::math::sigmoid<accuracy::exact>(x); break;
    case math::erf: result = tenon::math::erf<accuracy::exact>(x); break;
    case math::sin: result = tenon::math::sin<accuracy::exact>(x); break;
    case math::cos: result = tenon::math::cos<accuracy::exact>(x); break;
    case math::sqrt: result = tenon::math::sqrt<accuracy::exact>(x); break;
    case math::rsqrt: result = tenon::math::rsqrt<accuracy::exact>(x); break;
    case math::pow: result = tenon::math::pow<accuracy::exact>(x, b.real); break;
    case math::floor: result = detail::downwards(x); break;
    case math::ceil: result = -detail::downwards(-x); break;
    case math::round: result = detail::nearest(x); break;
    case math::trunc: result = detail::truncated(x); break;
  }
  return real(type, result);
}

}  // namespace tenon::ir
