#pragma once

#include <tenon/language/expression.hpp>
#include <tenon/support/accuracy.hpp>

namespace tenon {

namespace detail {

template <ir::math What, accuracy How, class... A>
struct mathematics;

template <ir::math What, accuracy How, class A>
struct mathematics<What, How, A> {
  using operands = types<A>;
  static constexpr element type = promoted(A::type);
  static constexpr bool index = false;
  static constexpr bool calls = A::calls;
  A a;

  constexpr ir::node_id stage(staging& s, element wanted) const {
    return s.fit(s.add({.what = ir::op::math,
                        .type = type,
                        .x = static_cast<std::uint16_t>(What),
                        .a = a.stage(s, type),
                        .value = static_cast<std::int64_t>(How)}),
                 wanted);
  }
  static constexpr text written() { return text{} << ir::name_of(What) << "(" << detail::written<A>() << ")"; }
};

template <ir::math What, accuracy How, class A, class B>
struct mathematics<What, How, A, B> {
  using operands = types<A, B>;
  static constexpr element type = common_type<A, B>;
  static constexpr bool index = false;
  static constexpr bool calls = A::calls || B::calls;
  A a;
  B b;

  constexpr ir::node_id stage(staging& s, element wanted) const {
    ir::node_id const base = a.stage(s, type);
    return s.fit(s.add({.what = ir::op::math,
                        .type = type,
                        .x = static_cast<std::uint16_t>(What),
                        .a = base,
                        .b = b.stage(s, type),
                        .value = static_cast<std::int64_t>(How)}),
                 wanted);
  }
};

template <ir::math What, accuracy How, class A>
constexpr auto function(A const& a) {
  using of = expression_of<A>;
  if constexpr (any_refused<of>) {
    return refused_expression{};
  } else if constexpr (!ir::is_float(of::type)) {
    constexpr text why = text{} << ir::name_of(What) << "(" << written<of>() << "): " << written<of>() << " is "
                                << of::type << ", and " << ir::name_of(What)
                                << " is for floating-point values; write cast<float>(" << written<of>() << ")";
    TENON_GRANT(why);
    return refused_expression{};
  } else {
    return mathematics<What, How, of>{as_expression(a)};
  }
}

}  // namespace detail

// The usual functions. How near they come to the true value is said in front: `exp<accuracy::fast>(x(i))`.
template <accuracy How = accuracy::high, class A>
  requires detail::operands<A>
constexpr auto exp(A const& a) {
  return detail::function<ir::math::exp, How>(a);
}
template <accuracy How = accuracy::high, class A>
  requires detail::operands<A>
constexpr auto exp2(A const& a) {
  return detail::function<ir::math::exp2, How>(a);
}
template <accuracy How = accuracy::high, class A>
  requires detail::operands<A>
constexpr auto log(A const& a) {
  return detail::function<ir::math::log, How>(a);
}
template <accuracy How = accuracy::high, class A>
  requires detail::operands<A>
constexpr auto log2(A const& a) {
  return detail::function<ir::math::log2, How>(a);
}
template <accuracy How = accuracy::high, class A>
  requires detail::operands<A>
constexpr auto tanh(A const& a) {
  return detail::function<ir::math::tanh, How>(a);
}
template <accuracy How = accuracy::high, class A>
  requires detail::operands<A>
constexpr auto sigmoid(A const& a) {
  return detail::function<ir::math::sigmoid, How>(a);
}
template <accuracy How = accuracy::high, class A>
  requires detail::operands<A>
constexpr auto erf(A const& a) {
  return detail::function<ir::math::erf, How>(a);
}
template <accuracy How = accuracy::high, class A>
  requires detail::operands<A>
constexpr auto sin(A const& a) {
  return detail::function<ir::math::sin, How>(a);
}
template <accuracy How = accuracy::high, class A>
  requires detail::operands<A>
constexpr auto cos(A const& a) {
  return detail::function<ir::math::cos, How>(a);
}
template <accuracy How = accuracy::high, class A>
  requires detail::operands<A>
constexpr auto sqrt(A const& a) {
  return detail::function<ir::math::sqrt, How>(a);
}
template <accuracy How = accuracy::high, class A>
  requires detail::operands<A>
constexpr auto rsqrt(A const& a) {
  return detail::function<ir::math::rsqrt, How>(a);
}
template <class A>
  requires detail::operands<A>
constexpr auto floor(A const& a) {
  return detail::function<ir::math::floor, accuracy::exact>(a);
}
template <class A>
  requires detail::operands<A>
constexpr auto ceil(A const& a) {
  return detail::function<ir::math::ceil, accuracy::exact>(a);
}
/// To the nearest whole number, ties to even.
template <class A>
  requires detail::operands<A>
constexpr auto round(A const& a) {
  return detail::function<ir::math::round, accuracy::exact>(a);
}
template <class A>
  requires detail::operands<A>
constexpr auto trunc(A const& a) {
  return detail::function<ir::math::trunc, accuracy::exact>(a);
}

/// `base` to the power of `exponent`.
template <accuracy How = accuracy::high, class A, class B>
  requires detail::operands<A, B>
constexpr auto pow(A const& base, B const& exponent) {
  using a = detail::expression_of<A>;
  using b = detail::expression_of<B>;
  if constexpr (detail::any_refused<a, b>) {
    return detail::refused_expression{};
  } else if constexpr (!ir::is_float(detail::common_type<a, b>)) {
    constexpr text why =
        detail::common_type<a, b> == element::none
            ? detail::types_differ<a, b>("pow")
            : text{} << "pow(" << detail::written<a>() << ", " << detail::written<b>() << "): the operands are "
                     << detail::common_type<a, b> << ", and pow is for floating-point values; write cast<float>(...)";
    TENON_GRANT(why);
    return detail::refused_expression{};
  } else {
    return detail::mathematics<ir::math::pow, How, a, b>{detail::as_expression(base), detail::as_expression(exponent)};
  }
}

}  // namespace tenon
