#pragma once

#include <tenon/language/expression.hpp>

namespace tenon {

namespace detail {

/// `condition ? yes : no`. A select computes both, a guarded value only the one it takes.
template <ir::op What, class Condition, class Yes, class No>
struct choice {
  using operands = types<Condition, Yes, No>;
  static constexpr element type = common_type<Yes, No>;
  static constexpr bool index = false;
  static constexpr bool calls = Condition::calls || Yes::calls || No::calls;
  Condition condition;
  Yes yes;
  No no;

  constexpr ir::node_id stage(staging& s, element wanted) const {
    ir::node_id const c = condition.stage(s, element::boolean);
    if constexpr (What == ir::op::guarded) s.enter_guarded();
    ir::node_id const y = yes.stage(s, type);
    ir::node_id const n = no.stage(s, type);
    if constexpr (What == ir::op::guarded) s.leave_guarded();
    return s.fit(s.add(What, type, c, y, n), wanted);
  }
};

template <ir::op What, class C, class A, class B>
constexpr auto chosen(C const& condition, A const& yes, B const& no) {
  using c = expression_of<C>;
  using left = expression_of<A>;
  using right = expression_of<B>;
  constexpr text_view word = What == ir::op::select ? "select" : "guarded";
  if constexpr (any_refused<c, left, right>) {
    return refused_expression{};
  } else if constexpr (c::type != element::boolean) {
    constexpr text why = text{} << word << "(" << written<c>() << ", ...): " << written<c>() << " is " << c::type
                                << ", and the first operand is a condition; compare it, as in " << written<c>()
                                << " != 0";
    TENON_GRANT(why);
    return refused_expression{};
  } else if constexpr (common_type<left, right> == element::none) {
    constexpr text why = types_differ<left, right>(word);
    TENON_GRANT(why);
    return refused_expression{};
  } else {
    return choice<What, c, left, right>{as_expression(condition), as_expression(yes), as_expression(no)};
  }
}

}  // namespace detail

/// `yes` where the condition holds, else `no`; both are computed.
template <class C, class A, class B>
  requires detail::operands<C, A, B>
constexpr auto select(C const& condition, A const& yes, B const& no) {
  return detail::chosen<ir::op::select>(condition, yes, no);
}
/// `yes` where the condition holds, else `no`; only the one taken is computed, so the other may be a read outside a tensor.
template <class C, class A, class B>
  requires detail::operands<C, A, B>
constexpr auto guarded(C const& condition, A const& yes, B const& no) {
  return detail::chosen<ir::op::guarded>(condition, yes, no);
}

}  // namespace tenon
