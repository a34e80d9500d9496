#pragma once

#include <tenon/language/tensor.hpp>

/// What a read outside the tensor gives: said around the read, `or_zero(x(i + r - 1, j + s - 1))`.
namespace tenon {

namespace detail {

template <class Access, class Value>
struct or_else {
  using operands = types<Access, Value>;
  static constexpr element type = Access::type;
  static constexpr bool index = false;
  static constexpr bool calls = Access::calls || Value::calls;
  Access read;
  Value otherwise;

  constexpr ir::node_id stage(staging& s, element wanted) const {
    auto const at = read.staged_indices(s);
    ir::node_id const value = s.fit(otherwise.stage(s, promoted(type)), type);
    return s.fit(s.read(Access::tensor::facts, at.at, edge::value, value), wanted);
  }
  static constexpr text written() { return Access::written(); }
};

/// Why a boundary cannot stand around this.
template <class A>
constexpr text why_no_boundary(text_view word) {
  return text{} << word << "(" << written<expression_of<A>>()
                << "): a boundary stands around one read of a tensor; write " << word << "(x(...))";
}

template <class Access>
struct bounded_read;
template <class Tensor, edge Outside, class... Indices>
struct bounded_read<access<Tensor, Outside, Indices...>> {
  template <edge To>
  using with = access<Tensor, To, Indices...>;
};

template <edge To, class A>
constexpr auto bounded(A const& read) {
  constexpr text_view word = To == edge::clamp    ? "clamped"
                             : To == edge::wrap   ? "wrapped"
                             : To == edge::mirror ? "mirrored"
                                                  : "reflected";
  if constexpr (any_refused<A>) {
    return refused_expression{};
  } else if constexpr (!is_access<A>) {
    constexpr text why = why_no_boundary<A>(word);
    TENON_GRANT(why);
    return refused_expression{};
  } else {
    return typename bounded_read<A>::template with<To>{read.at};
  }
}

}  // namespace detail

/// The element, or `value` outside the tensor.
template <class A, class V>
  requires detail::operands<A> && detail::operand<V>
constexpr auto or_value(A const& read, V const& value) {
  using of = detail::expression_of<V>;
  if constexpr (detail::any_refused<A>) {
    return detail::refused_expression{};
  } else if constexpr (!detail::is_access<A>) {
    constexpr text why = detail::why_no_boundary<A>("or_value");
    TENON_GRANT(why);
    return detail::refused_expression{};
  } else {
    if constexpr (detail::common(A::type, false, of::type, detail::adapts<of>) == element::none) {
      constexpr text why = detail::types_differ<A, of>("or_value");
      TENON_GRANT(why);
    }
    return detail::or_else<A, of>{read, detail::as_expression(value)};
  }
}
/// The element, or zero outside the tensor.
template <class A>
  requires detail::operands<A>
constexpr auto or_zero(A const& read) {
  if constexpr (detail::any_refused<A>) {
    return detail::refused_expression{};
  } else if constexpr (!detail::is_access<A>) {
    constexpr text why = detail::why_no_boundary<A>("or_zero");
    TENON_GRANT(why);
    return detail::refused_expression{};
  } else {
    if constexpr (A::type == element::boolean) return or_value(read, false);
    else return or_value(read, 0);
  }
}
/// The element; outside the tensor the nearest one inside.
template <class A>
  requires detail::operands<A>
constexpr auto clamped(A const& read) {
  return detail::bounded<detail::edge::clamp>(read);
}
/// The element of the tensor repeated without end.
template <class A>
  requires detail::operands<A>
constexpr auto wrapped(A const& read) {
  return detail::bounded<detail::edge::wrap>(read);
}
/// The element of the tensor mirrored at its edges, each edge element twice: 1 0 | 0 1 2.
template <class A>
  requires detail::operands<A>
constexpr auto mirrored(A const& read) {
  return detail::bounded<detail::edge::mirror>(read);
}
/// The element of the tensor mirrored at its edges, each edge element once: 2 1 | 0 1 2.
template <class A>
  requires detail::operands<A>
constexpr auto reflected(A const& read) {
  return detail::bounded<detail::edge::reflect>(read);
}

}  // namespace tenon
