#pragma once

#include <tenon/support/accuracy.hpp>
#include <tenon/support/math/large_angle.hpp>
#include <tenon/support/math/plain.hpp>

#define TENON_MATH_NAMESPACE tenon::math::plain
#define TENON_MATH_FUNCTION constexpr
#include <tenon/support/math/words.inc>

#include <tenon/support/math/exponential.inc>
#include <tenon/support/math/logarithm.inc>

namespace tenon::math::plain {

template <int Quarter, class V>
constexpr V sine_of_large(V x);

}  // namespace tenon::math::plain

#include <tenon/support/math/circular.inc>
#undef TENON_MATH_NAMESPACE
#undef TENON_MATH_FUNCTION

namespace tenon::math::plain {

template <class V>
inline constexpr V infinity = static_cast<V>(__builtin_huge_val());
template <class V>
inline constexpr V not_a_number = static_cast<V>(__builtin_nan(""));

template <int Quarter, class V>
constexpr V sine_of_large(V x) {
  if (!(abs(x) < infinity<V>)) { return not_a_number<V>; }
  small_angle const a = take_quarters_of_large(x);
  return static_cast<V>(sine_of_turned(a.r, a.tail, static_cast<double>((a.quarters + Quarter) & 3U)));
}

// The root bit by bit: a remainder and a root that grow by one digit a step, then one digit more to round by.
template <class V>
constexpr V root_by_digits(V x) {
  using bits = decltype(as_bits(x));
  constexpr int digits = is_single<V> ? 24 : 53;
  bool const tiny = x < (is_single<V> ? V(0x1p-126) : V(0x1p-1022));
  V const scaled = tiny ? x * (is_single<V> ? V(0x1p24) : V(0x1p54)) : x;
  bits const u = as_bits(scaled);
  int exponent = static_cast<int>(u >> (digits - 1)) - (is_single<V> ? 127 : 1023);
  bits m = (u & ((bits{1} << (digits - 1)) - 1)) | (bits{1} << (digits - 1));
  if ((exponent & 1) != 0) {
    m <<= 1;
    --exponent;
  }
  bits root = 0;
  bits rest = 0;
  for (int i = 0; i <= digits; ++i) {
    int const at = digits - 1 - 2 * i;
    bits const two = at >= 0 ? (m >> at) & 3U : (at == -1 ? (m << 1) & 3U : bits{0});
    rest = (rest << 2) | two;
    bits const step = (root << 2) | 1U;
    root <<= 1;
    if (rest >= step) {
      rest -= step;
      root |= 1U;
    }
  }
  bits const rounded = (root >> 1) + (root & 1U);
  int const half_exponent = exponent / 2 - (tiny ? (is_single<V> ? 12 : 27) : 0);
  return static_cast<V>(rounded) * static_cast<V>(detail::power_of_two(half_exponent - (digits - 1)));
}

template <class V>
constexpr V root(V x) {
  if (x < V(0)) { return not_a_number<V>; }
  return x > V(0) && x < infinity<V> ? root_by_digits(x) : x;
}

}  // namespace tenon::math::plain

// The functions of one float or double. They need no library and may be used in constant evaluation, where a result that
// is infinite or not a number must not come from arithmetic: such results are given first.
namespace tenon::math {

/// The square root, correctly rounded.
template <accuracy A = accuracy::high, class V>
constexpr V sqrt(V x) {
  return plain::root(x);
}

/// One by the square root.
template <accuracy A = accuracy::high, class V>
constexpr V rsqrt(V x) {
  if (x == V(0)) { return plain::copy_sign(plain::infinity<V>, x); }
  if constexpr (plain::is_single<V>) {
    return static_cast<V>(1.0 / plain::root(static_cast<double>(x)));
  } else {
    V const y = V(1) / plain::root(x);
    return A == accuracy::exact ? plain::nearer_rsqrt(x, y) : y;
  }
}

/// e to the x.
template <accuracy A = accuracy::high, class V>
constexpr V exp(V x) {
  V const most = plain::is_single<V> ? V(0x1.62e42ep+6) : V(0x1.62e42fefa39efp+9);
  if (!(x <= most)) { return x > most ? plain::infinity<V> : x; }
  return x < V(-746) ? V(0) : plain::exp_of<A>(x);
}

/// Two to the x.
template <accuracy A = accuracy::high, class V>
constexpr V exp2(V x) {
  V const most = plain::is_single<V> ? V(128) : V(1024);
  if (!(x < most)) { return x >= most ? plain::infinity<V> : x; }
  return x < V(-1100) ? V(0) : plain::exp2_of<A>(x);
}

/// The natural logarithm.
template <accuracy A = accuracy::high, class V>
constexpr V log(V x) {
  if (!(x > V(0))) { return x == V(0) ? -plain::infinity<V> : plain::not_a_number<V>; }
  return x < plain::infinity<V> ? plain::log_of<A>(x) : x;
}

/// The logarithm to base two.
template <accuracy A = accuracy::high, class V>
constexpr V log2(V x) {
  if (!(x > V(0))) { return x == V(0) ? -plain::infinity<V> : plain::not_a_number<V>; }
  return x < plain::infinity<V> ? plain::log2_of<A>(x) : x;
}

/// The hyperbolic tangent.
template <accuracy A = accuracy::high, class V>
constexpr V tanh(V x) {
  return x == x ? plain::tanh_of<A>(plain::max(plain::min(x, V(20)), V(-20))) : x;
}

/// 1 / (1 + exp(-x)).
template <accuracy A = accuracy::high, class V>
constexpr V sigmoid(V x) {
  return x == x ? plain::sigmoid_of<A>(plain::max(plain::min(x, V(746)), V(-746))) : x;
}

/// The error function.
template <accuracy A = accuracy::high, class V>
constexpr V erf(V x) {
  return x == x ? plain::erf_of<A>(plain::max(plain::min(x, V(6)), V(-6))) : x;
}

/// The sine of an angle in radians.
template <accuracy A = accuracy::high, class V>
constexpr V sin(V x) {
  return plain::sine_of_angle<A>(x);
}

/// The cosine of an angle in radians.
template <accuracy A = accuracy::high, class V>
constexpr V cos(V x) {
  return plain::cosine_of_angle<A>(x);
}

/// x to the y.
template <accuracy A = accuracy::high, class V>
constexpr V pow(V x, V y) {
  if (x != x || y != y) { return x == V(1) || y == V(0) ? V(1) : plain::not_a_number<V>; }
  V const magnitude = plain::abs(x);
  bool const y_is_finite = plain::abs(y) < plain::infinity<V>;
  if (y_is_finite && magnitude > V(0) && magnitude < plain::infinity<V>) {
    double const l = log(static_cast<double>(magnitude));
    double const most = plain::is_single<V> ? 88.8 : 710;
    // So large or so small that the last place does not matter: the sign of the direction says all.
    double const bound = 800 / (plain::abs(l) + 1e-300);
    double const direction = l * (y > V(0) ? 1.0 : -1.0);
    if (plain::abs(static_cast<double>(y)) > bound || l * static_cast<double>(y) > most) {
      V const odd = plain::round(y) == y && plain::round(y * V(0.5)) != y * V(0.5) ? V(-1) : V(1);
      if (x < V(0) && plain::round(y) != y) { return plain::not_a_number<V>; }
      return (x < V(0) ? odd : V(1)) * (l == 0 ? V(1) : direction > 0 ? plain::infinity<V> : V(0));
    }
  }
  if (!y_is_finite) {
    if (magnitude == V(1)) { return V(1); }
    return (magnitude > V(1)) == (y > V(0)) ? plain::infinity<V> : V(0);
  }
  return plain::pow_of<A>(x, y);
}

}  // namespace tenon::math
