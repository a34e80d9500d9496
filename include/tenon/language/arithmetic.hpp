#pragma once

#include <tenon/language/expression.hpp>

namespace tenon {

namespace detail {

/// How an operator is spelled: for sentences.
constexpr text_view sign_of(ir::op what) {
  switch (what) {
    case ir::op::add: return "+";
    case ir::op::sub: return "-";
    case ir::op::mul: return "*";
    case ir::op::div: return "/";
    case ir::op::mod: return "%";
    case ir::op::min: return "min";
    case ir::op::max: return "max";
    case ir::op::bit_and: return "&";
    case ir::op::bit_or: return "|";
    case ir::op::bit_xor: return "^";
    case ir::op::shift_left: return "<<";
    case ir::op::shift_right: return ">>";
    case ir::op::equal: return "==";
    case ir::op::not_equal: return "!=";
    case ir::op::less: return "<";
    case ir::op::less_equal: return "<=";
    case ir::op::logical_and: return "&&";
    case ir::op::logical_or: return "||";
    case ir::op::negate: return "-";
    case ir::op::absolute: return "abs";
    case ir::op::bit_not: return "~";
    case ir::op::logical_not: return "!";
    default: return "";
  }
}

/// Whether the operator means something for values of a type.
constexpr bool has_meaning(ir::op what, element type) {
  bool const number = ir::is_float(type) || ir::is_integer(type);
  switch (what) {
    case ir::op::mod:
    case ir::op::bit_not:
    case ir::op::shift_left:
    case ir::op::shift_right: return ir::is_integer(type);
    case ir::op::bit_and:
    case ir::op::bit_or:
    case ir::op::bit_xor: return ir::is_integer(type) || type == element::boolean;
    case ir::op::logical_and:
    case ir::op::logical_or:
    case ir::op::logical_not: return type == element::boolean;
    case ir::op::equal:
    case ir::op::not_equal: return true;
    default: return number;
  }
}

constexpr text no_meaning(text const& whole, text const& operand, ir::op what, element type) {
  text why{};
  why << whole << ": " << operand << " is " << type << ", and " << sign_of(what) << " is for ";
  switch (what) {
    case ir::op::logical_and:
    case ir::op::logical_or:
    case ir::op::logical_not: return why << "conditions; compare first, as in " << operand << " != 0";
    case ir::op::mod:
    case ir::op::bit_not:
    case ir::op::shift_left:
    case ir::op::shift_right:
    case ir::op::bit_and:
    case ir::op::bit_or:
    case ir::op::bit_xor: return why << "integers; cast it, as in cast<int32>(" << operand << ")";
    default: return why << "numbers; write select(" << operand << ", 1, 0)";
  }
}

/// An operator with two operands. On indices division rounds down; on values it is C++'s.
template <ir::op What, class A, class B>
struct binary {
  using operands = types<A, B>;
  static constexpr element operand_type = common_type<A, B>;
  static constexpr bool gives_condition =
      ir::is_comparison(What) || What == ir::op::logical_and || What == ir::op::logical_or;
  static constexpr bool index = A::index && B::index && ir::is_binary(What) && What <= ir::op::max;
  static constexpr element type = gives_condition ? element::boolean : index ? ir::index_type : operand_type;
  static constexpr bool calls = A::calls || B::calls;
  A a;
  B b;

  constexpr ir::node_id stage(staging& s, element wanted) const {
    if constexpr (index) {
      constexpr ir::op on_indices = What == ir::op::div   ? ir::op::floor_div
                                    : What == ir::op::mod ? ir::op::floor_mod
                                                          : What;
      ir::node_id const left = a.stage(s, ir::index_type);
      return s.fit(s.index(on_indices, left, b.stage(s, ir::index_type)), wanted);
    } else {
      ir::node_id const left = a.stage(s, operand_type);
      return s.fit(s.add(What, type, left, b.stage(s, operand_type)), wanted);
    }
  }
  static constexpr text written() {
    text all{};
    if (What == ir::op::min || What == ir::op::max)
      return all << sign_of(What) << "(" << detail::written<A>() << ", " << detail::written<B>() << ")";
    return all << detail::written<A>() << " " << sign_of(What) << " " << detail::written<B>();
  }
};

template <ir::op What, class A>
struct unary {
  using operands = types<A>;
  static constexpr element type = promoted(A::type);
  static constexpr bool index = A::index && What == ir::op::negate;
  static constexpr bool calls = A::calls;
  A a;

  constexpr ir::node_id stage(staging& s, element wanted) const {
    if constexpr (index) return s.fit(s.index(ir::op::sub, s.index(0), a.stage(s, type)), wanted);
    else return s.fit(s.add(What, type, a.stage(s, type)), wanted);
  }
  static constexpr text written() {
    if (What == ir::op::absolute) return text{} << "abs(" << detail::written<A>() << ")";
    return text{} << sign_of(What) << detail::written<A>();
  }
};

template <ir::op What, class A, class B>
constexpr auto combined(A const& a, B const& b) {
  using left = expression_of<A>;
  using right = expression_of<B>;
  constexpr element type = common_type<left, right>;
  if constexpr (any_refused<left, right>) {
    return refused_expression{};
  } else if constexpr (type == element::none) {
    constexpr text why = types_differ<left, right>(sign_of(What));
    TENON_GRANT(why);
    return refused_expression{};
  } else if constexpr (!has_meaning(What, type)) {
    constexpr text why =
        no_meaning(binary<What, left, right>::written(), adapts<left> ? written<right>() : written<left>(), What, type);
    TENON_GRANT(why);
    return refused_expression{};
  } else {
    return binary<What, left, right>{as_expression(a), as_expression(b)};
  }
}

template <ir::op What, class A>
constexpr auto applied(A const& a) {
  using of = expression_of<A>;
  if constexpr (any_refused<of>) {
    return refused_expression{};
  } else if constexpr (!has_meaning(What, of::type)) {
    constexpr text why = no_meaning(unary<What, of>::written(), written<of>(), What, of::type);
    TENON_GRANT(why);
    return refused_expression{};
  } else {
    return unary<What, of>{as_expression(a)};
  }
}

}  // namespace detail

// The operators of C++, on values of one type. Integers wrap; short floats are computed with as float.
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator+(A const& a, B const& b) {
  return detail::combined<ir::op::add>(a, b);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator-(A const& a, B const& b) {
  return detail::combined<ir::op::sub>(a, b);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator*(A const& a, B const& b) {
  return detail::combined<ir::op::mul>(a, b);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator/(A const& a, B const& b) {
  return detail::combined<ir::op::div>(a, b);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator%(A const& a, B const& b) {
  return detail::combined<ir::op::mod>(a, b);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator&(A const& a, B const& b) {
  return detail::combined<ir::op::bit_and>(a, b);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator|(A const& a, B const& b) {
  return detail::combined<ir::op::bit_or>(a, b);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator^(A const& a, B const& b) {
  return detail::combined<ir::op::bit_xor>(a, b);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator<<(A const& a, B const& b) {
  return detail::combined<ir::op::shift_left>(a, b);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator>>(A const& a, B const& b) {
  return detail::combined<ir::op::shift_right>(a, b);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator==(A const& a, B const& b) {
  return detail::combined<ir::op::equal>(a, b);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator!=(A const& a, B const& b) {
  return detail::combined<ir::op::not_equal>(a, b);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator<(A const& a, B const& b) {
  return detail::combined<ir::op::less>(a, b);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator<=(A const& a, B const& b) {
  return detail::combined<ir::op::less_equal>(a, b);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator>(A const& a, B const& b) {
  return detail::combined<ir::op::less>(b, a);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator>=(A const& a, B const& b) {
  return detail::combined<ir::op::less_equal>(b, a);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator&&(A const& a, B const& b) {
  return detail::combined<ir::op::logical_and>(a, b);
}
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto operator||(A const& a, B const& b) {
  return detail::combined<ir::op::logical_or>(a, b);
}
template <class A>
  requires detail::operands<A>
constexpr auto operator-(A const& a) {
  return detail::applied<ir::op::negate>(a);
}
template <class A>
  requires detail::operands<A>
constexpr auto operator~(A const& a) {
  return detail::applied<ir::op::bit_not>(a);
}
template <class A>
  requires detail::operands<A>
constexpr auto operator!(A const& a) {
  return detail::applied<ir::op::logical_not>(a);
}

/// The smaller of two values.
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto min(A const& a, B const& b) {
  return detail::combined<ir::op::min>(a, b);
}
/// The larger of two values.
template <class A, class B>
  requires detail::two_operands<A, B>
constexpr auto max(A const& a, B const& b) {
  return detail::combined<ir::op::max>(a, b);
}
/// The value without its sign.
template <class A>
  requires detail::operands<A>
constexpr auto abs(A const& a) {
  return detail::applied<ir::op::absolute>(a);
}

/// An element is computed once: what adds up is a reduction.
template <expression A, class B>
  requires detail::operand<B>
constexpr auto operator+=(A const&, B const&) {
  static_assert(!expression<A>,
                "tenon: an element is computed once, y(i, j) = ...; what adds up is a sum: y(i, j) = sum(k, ...)");
  return detail::refused_expression{};
}

}  // namespace tenon
