#pragma once

#include <tenon/language/arithmetic.hpp>
#include <tenon/language/mathematics.hpp>

/// Functions of networks, composed of the others.
namespace tenon {

namespace detail {

/// A value that has been made already.
template <element Type>
struct made {
  using operands = types<>;
  static constexpr element type = Type;
  static constexpr bool index = false;
  static constexpr bool calls = false;
  ir::node_id id;

  constexpr ir::node_id stage(staging& s, element wanted) const { return s.fit(id, wanted); }
};

/// A formula of one value, which is staged once and read often.
template <class Formula, class A>
struct composed {
  using operands = types<A>;
  using operand = made<promoted(A::type)>;
  static constexpr element type = decltype(Formula{}(std::declval<operand>()))::type;
  static constexpr bool index = false;
  static constexpr bool calls = A::calls;
  A a;

  constexpr ir::node_id stage(staging& s, element wanted) const {
    return Formula{}(operand{a.stage(s, operand::type)}).stage(s, wanted);
  }
  static constexpr text written() { return text{} << Formula::name << "(" << detail::written<A>() << ")"; }
};

template <class Formula, class A>
constexpr auto compose(A const& a) {
  using of = expression_of<A>;
  if constexpr (any_refused<of>) {
    return refused_expression{};
  } else if constexpr (!ir::is_float(of::type)) {
    constexpr text why = text{} << Formula::name << "(" << written<of>() << "): " << written<of>() << " is " << of::type
                                << ", and " << Formula::name << " is for floating-point values; write cast<float>("
                                << written<of>() << ")";
    TENON_GRANT(why);
    return refused_expression{};
  } else {
    return composed<Formula, of>{as_expression(a)};
  }
}

template <accuracy How>
struct gelu_formula {
  static constexpr text_view name = "gelu";
  constexpr auto operator()(auto x) const {
    // (1 + tanh(u)) / 2 is 1 / (1 + exp(-2 u)), which costs less.
    return x / (1 + exp<How>(-1.5957691216057308 * x * (1 + 0.044715 * x * x)));
  }
};
template <accuracy How>
struct silu_formula {
  static constexpr text_view name = "silu";
  constexpr auto operator()(auto x) const { return x * sigmoid<How>(x); }
};

}  // namespace detail

/// The value, or zero where it is negative.
template <class A>
  requires detail::operands<A>
constexpr auto relu(A const& a) {
  return max(a, 0);
}

/// The value times the probability that a normal variable is below it, in the tanh form.
template <accuracy How = accuracy::high, class A>
  requires detail::operands<A>
constexpr auto gelu(A const& a) {
  return detail::compose<detail::gelu_formula<How>>(a);
}

/// x * sigmoid(x)
template <accuracy How = accuracy::high, class A>
  requires detail::operands<A>
constexpr auto silu(A const& a) {
  return detail::compose<detail::silu_formula<How>>(a);
}

/// The value kept between two ends.
template <class A, class B, class C>
  requires detail::operands<A, B, C>
constexpr auto clamp(A const& a, B const& low, C const& high) {
  return min(max(a, low), high);
}

}  // namespace tenon
