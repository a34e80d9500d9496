#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <tenon/ir/element.hpp>
#include <tenon/language/element_of.hpp>
#include <tenon/language/staging.hpp>
#include <tenon/support/granted.hpp>

namespace tenon {

// Short names for the integers of fixed width, as sentences spell them.
using int8 = std::int8_t;
using uint8 = std::uint8_t;
using int16 = std::int16_t;
using uint16 = std::uint16_t;
using int32 = std::int32_t;
using uint32 = std::uint32_t;
using int64 = std::int64_t;
using uint64 = std::uint64_t;

/// A list of types.
template <class... T>
struct types {
  static constexpr std::size_t size = sizeof...(T);
};

/// A part of what an operator computes. `type` is the type of its values, `index` tells whether it is made of axes and
/// numbers alone, `calls` whether a function of the user's is called in it, and `operands` lists what it is made of.
template <class T>
concept expression = requires(T const& e, detail::staging& s) {
  typename T::operands;
  { T::type } -> std::convertible_to<element>;
  { e.stage(s, element::none) } -> std::same_as<ir::node_id>;
};

namespace detail {

/// The type in which values of `e` are computed with: short floats as float, 4-bit integers as 8-bit ones.
constexpr element promoted(element e) {
  switch (e) {
    case element::f16:
    case element::bf16: return element::f32;
    case element::i4: return element::i8;
    case element::u4: return element::u8;
    default: return e;
  }
}

/// A number that the user wrote beside an expression; it takes the type of its neighbour.
template <class T>
struct literal {
  using operands = types<>;
  static constexpr element type = element_of<T>;
  static constexpr bool index = std::integral<T>;
  static constexpr bool calls = false;
  static constexpr bool adapts = true;
  T value;

  constexpr ir::node_id stage(staging& s, element wanted) const {
    element const as = wanted == element::none ? type : wanted;
    if constexpr (std::floating_point<T>) {
      return s.real(as, ir::real(as, static_cast<double>(value)).real);
    } else {
      bool fits = true;
      ir::scalar const given{.whole = static_cast<std::int64_t>(value)};
      ir::scalar const taken = ir::cast(type, as, given);
      if (ir::is_float(as)) {
        fits = static_cast<std::int64_t>(taken.real) == given.whole;
      } else {
        fits = taken.whole == given.whole && (value >= 0) == (ir::is_unsigned(as) || taken.whole >= 0);
      }
      if (!fits)
        s.refuse_line(text{} << given.whole << " is no value of type " << as
                             << "; cast the other operand to a wider type");
      return ir::is_float(as) ? s.real(as, taken.real) : s.whole(as, taken.whole);
    }
  }
  static constexpr text written() { return text{} << "a number"; }
};

template <class E>
inline constexpr bool adapts = requires { E::adapts; };

/// The type that operands meet in, or none. A number meets any neighbour that can hold numbers of its kind.
constexpr element common(element a, bool a_adapts, element b, bool b_adapts) {
  if (a_adapts && !b_adapts) return common(b, false, a, true);
  element const left = promoted(a);
  if (left == promoted(b)) return left;
  if (!b_adapts) return element::none;
  bool const number = ir::is_float(left) || ir::is_integer(left);
  return number && b != element::boolean && (ir::is_float(left) || ir::is_integer(b)) ? left : element::none;
}
template <class A, class B>
inline constexpr element common_type = common(A::type, adapts<A>, B::type, adapts<B>);

/// The expression as the user wrote it, roughly: for sentences.
template <class E>
constexpr text written() {
  if constexpr (requires { E::written(); }) return E::written();
  else return text{} << "(...)";
}

template <class T>
inline constexpr bool is_tensor = requires { requires std::same_as<decltype(T::facts), tensor_facts const>; };

/// What may stand beside an operator of the language.
template <class T>
concept operand = expression<T> || std::is_arithmetic_v<T> || is_tensor<T>;
template <class... T>
concept operands = (operand<T> && ...) && (!std::is_arithmetic_v<T> || ...);
/// The same of two, asked one after the other: operators are candidates wherever something else is shifted or added.
template <class A, class B>
concept two_operands = operand<A> && operand<B> && operands<A, B>;

/// Numbers become literals, and a tensor without dimensions its value.
template <class T>
constexpr auto as_expression(T const& v) {
  if constexpr (std::is_arithmetic_v<T>) return literal<T>{v};
  else if constexpr (is_tensor<T>) return v();
  else return v;
}
template <class T>
using expression_of = decltype(as_expression(std::declval<T const&>()));

/// What stands for an expression that was refused: it draws no further sentences.
struct refused_expression {
  using operands = types<>;
  static constexpr element type = element::none;
  static constexpr bool index = true;
  static constexpr bool calls = false;
  constexpr ir::node_id stage(staging& s, element wanted) const {
    return s.zero(wanted == element::none ? element::f32 : wanted);
  }
};
template <class... E>
inline constexpr bool any_refused = (std::is_same_v<E, refused_expression> || ...);

/// The sentence for two operands whose types differ.
template <class A, class B>
constexpr text types_differ(text_view what) {
  text why{};
  text const a = written<A>();
  text const b = written<B>();
  bool const is_word = what[0] >= 'a' && what[0] <= 'z';
  if (is_word) why << what << "(" << a << ", " << b << ")";
  else why << a << " " << what << " " << b;
  why << ": " << a << " is " << A::type << " and " << b << " is " << B::type << "; write ";
  // An index or a number gives way to a value, an integer to a fraction, and what has fewer bits to what has more.
  bool const is_wider = ir::bits_of(A::type) > ir::bits_of(B::type);
  bool const cast_b =
      !adapts<B> && (adapts<A> || (B::index && !A::index) || (ir::is_float(A::type) && !ir::is_float(B::type)) ||
                     (A::index == B::index && ir::is_float(A::type) == ir::is_float(B::type) && is_wider));
  return why << "cast<" << (cast_b ? A::type : B::type) << ">(" << (cast_b ? b : a) << ")";
}

}  // namespace detail

/// A number of exactly this type, whatever stands beside it.
template <class T>
struct constant {
  using operands = types<>;
  static constexpr element type = element_of<T>;
  static constexpr bool index = false;
  static constexpr bool calls = false;
  T value;

  constexpr explicit constant(T v) : value(v) {}
  constexpr ir::node_id stage(detail::staging& s, element wanted) const {
    if constexpr (ir::is_float(type)) return s.fit(s.real(type, static_cast<double>(static_cast<T>(value))), wanted);
    else return s.fit(s.whole(type, static_cast<std::int64_t>(value)), wanted);
  }
  static constexpr text written() { return text{} << "constant<" << type << ">(...)"; }
};

}  // namespace tenon
