#pragma once

#include <tenon/language/expression.hpp>

namespace tenon {

namespace detail {

template <element To, class A>
struct converted {
  using operands = types<A>;
  static constexpr element type = To;
  static constexpr bool index = false;
  static constexpr bool calls = A::calls;
  A a;

  constexpr ir::node_id stage(staging& s, element wanted) const {
    return s.fit(s.cast(To, a.stage(s, element::none)), wanted);
  }
  static constexpr text written() { return text{} << "cast<" << To << ">(" << detail::written<A>() << ")"; }
};

template <auto Low, auto High, class A>
struct ranged {
  using operands = types<A>;
  static constexpr element type = ir::index_type;
  static constexpr bool index = true;
  static constexpr bool calls = A::calls;
  A a;

  constexpr ir::node_id stage(staging& s, element wanted) const {
    ir::node_id const given = a.stage(s, ir::index_type);
    ir::node_id const last = s.index(ir::op::sub, s.extent_value(extent_from(High)), s.index(1));
    return s.fit(s.index(ir::op::max, s.index(ir::op::min, given, last), s.extent_value(extent_from(Low))), wanted);
  }
  static constexpr text written() { return text{} << "within<...>(" << detail::written<A>() << ")"; }
};

template <class A, class B, class C>
struct scaled {
  using operands = types<A, B, C>;
  static constexpr element type = element::i32;
  static constexpr bool index = false;
  static constexpr bool calls = A::calls || B::calls || C::calls;
  A a;
  B multiplier;
  C shift;

  constexpr ir::node_id stage(staging& s, element wanted) const {
    ir::node_id const value = a.stage(s, type);
    ir::node_id const by = multiplier.stage(s, type);
    return s.fit(s.add(ir::op::multiply_shift, type, value, by, shift.stage(s, type)), wanted);
  }
};

}  // namespace detail

/// The value as a `To`, as static_cast makes it.
template <class To, class A>
  requires detail::operands<A>
constexpr auto cast(A const& a) {
  static_assert(element_of<To> != element::none,
                "tenon: cast<T>: T is no element type; take float, double, half, bfloat16, bool or an integer");
  if constexpr (detail::any_refused<detail::expression_of<A>>) return detail::refused_expression{};
  else return detail::converted<element_of<To>, detail::expression_of<A>>{detail::as_expression(a)};
}

/// A whole number that was computed or loaded, as an index: `table(within<0, 1000>(word(i)), j)`. It is one of
/// `Low`, ..., `High` - 1; a number below or above becomes the nearest of these.
template <auto Low, auto High, class A>
  requires detail::operands<A>
constexpr auto within(A const& a) {
  using of = detail::expression_of<A>;
  static_assert(extent_like<decltype(Low)> && extent_like<decltype(High)>,
                "tenon: within<low, high>: the ends are numbers or run_time<\"name\">");
  static_assert(
      !requires { requires Low >= High; },
      "tenon: within<low, high>: high is the first number that is too large, so it is above low");
  if constexpr (detail::any_refused<of>) {
    return detail::refused_expression{};
  } else if constexpr (!ir::is_integer(of::type)) {
    constexpr text why = text{} << "within<...>(" << detail::written<of>() << "): " << detail::written<of>() << " is "
                                << of::type << ", and an index is an integer; write cast<int32>("
                                << detail::written<of>() << ")";
    TENON_GRANT(why);
    return detail::refused_expression{};
  } else {
    return detail::ranged<Low, High, of>{detail::as_expression(a)};
  }
}

/// Fixed-point scaling, `value * multiplier / 2^shift` with halves rounded up, in 64 bits; all three are int32.
template <class A, class B, class C>
  requires detail::operands<A, B, C>
constexpr auto multiply_shift(A const& value, B const& multiplier, C const& shift) {
  using a = detail::expression_of<A>;
  using b = detail::expression_of<B>;
  using c = detail::expression_of<C>;
  if constexpr (detail::any_refused<a, b, c>) {
    return detail::refused_expression{};
  } else if constexpr (a::type != element::i32 || b::type != element::i32 || c::type != element::i32) {
    constexpr text why = text{} << "multiply_shift(" << detail::written<a>() << ", ...): its operands are " << a::type
                                << ", " << b::type << " and " << c::type
                                << ", and all three must be int32; write cast<int32>(...)";
    TENON_GRANT(why);
    return detail::refused_expression{};
  } else {
    return detail::scaled<a, b, c>{detail::as_expression(value), detail::as_expression(multiplier),
                                   detail::as_expression(shift)};
  }
}

}  // namespace tenon
