#pragma once

#include <boost/hana/basic_tuple.hpp>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <tenon/language/axis.hpp>
#include <tenon/language/expression.hpp>
#include <tenon/language/unpack.hpp>

/// Reductions that a user describes, over several values at once.
namespace tenon {

namespace detail {

/// Several values: the state of a reduction. `auto const [a, b] = state;` takes it apart.
template <class... E>
struct value_list {
  static constexpr std::size_t count = sizeof...(E);
  static constexpr element value_types[sizeof...(E) + 1]{E::type..., element::none};
  static constexpr bool value_adapts[sizeof...(E) + 1]{adapts<E>..., false};
  boost::hana::basic_tuple<E...> each;

  template <std::size_t N>
  constexpr auto get() const {
    return detail::element_at<N>(each);
  }
  struct nodes {
    ir::node_id at[sizeof...(E) + 1];
  };
  /// The values as nodes of these types.
  constexpr nodes stage(staging& s, element const* wanted) const {
    return detail::unpack(each, [&](auto const&... e) {
      int n = 0;
      return nodes{{e.stage(s, wanted[n++])..., ir::node_id::none}};
    });
  }
};

/// Operand number `N` of a combine function.
template <int N, element Type>
struct formal {
  using operands = types<>;
  static constexpr element type = Type;
  static constexpr bool index = false;
  static constexpr bool calls = false;
  constexpr ir::node_id stage(staging& s, element wanted) const { return s.fit(s.formals[N], wanted); }
};

/// The terms, the axes, and how they are combined.
template <class Combiner, class Terms, class... Axes>
struct described_reduction;
template <class Combiner, class... E, class... Axes>
struct described_reduction<Combiner, value_list<E...>, Axes...> {
  static constexpr int count = sizeof...(E);
  static constexpr element state_types[sizeof...(E) + 1]{promoted(E::type)..., element::none};
  static constexpr std::uint64_t key = key_of<Combiner>();  // stands for this way of combining
  value_list<E...> terms;

  template <std::size_t... N>
  static constexpr auto combination(std::index_sequence<N...>) {
    using state = value_list<formal<static_cast<int>(N), state_types[N]>...>;
    using term = value_list<formal<static_cast<int>(N) + count, state_types[N]>...>;
    return Combiner::combine(state{}, term{});
  }
  static constexpr auto combination() { return combination(std::make_index_sequence<sizeof...(E)>{}); }

  constexpr ir::node_id result(staging& s, int number) const {
    reduction_axes over{};
    (over.facts.push_back(&Axes::facts), ...);
    unsigned const used = s.open(over);
    auto const made = terms.stage(s, state_types);
    staged_reduction& r = *s.close(used, over, key, "reduce", made.at, count);
    if (r.init == ir::node_id::none) {
      ir::reduction_id known = s.formulas_of(key, state_types[0]);
      if (known == ir::reduction_id::none) {
        ir::reduction formulas{.kind = ir::reduction_kind::custom, .values = count};
        for (int v = 0; v < 2 * count; ++v)
          s.formals[v] = s.add({.what = ir::op::formal, .type = state_types[v % count], .value = v});
        auto const start = Combiner::identity().stage(s, state_types);
        auto const next = combination().stage(s, state_types);
        for (int v = 0; v < count; ++v) {
          formulas.identity[v] = start.at[v];
          formulas.combine[v] = next.at[v];
        }
        known = s.add_formulas(key, state_types[0], formulas);
      }
      for (int v = 0; v < count; ++v) {
        s.formals[v] = r.running[v];
        s.formals[v + count] = r.terms[v];
      }
      auto const next = combination().stage(s, state_types);
      s.define(r, known, next.at);
    }
    return r.results[number];
  }
};

/// One of the values that a reduction gives.
template <std::size_t N, class Reduction>
struct reduced_value;
template <std::size_t N, class Combiner, class... E, class... Axes>
struct reduced_value<N, described_reduction<Combiner, value_list<E...>, Axes...>> {
  using reduction = described_reduction<Combiner, value_list<E...>, Axes...>;
  using operands = types<E...>;
  static constexpr element type = reduction::state_types[N];
  static constexpr bool index = false;
  static constexpr bool calls = (E::calls || ...);
  reduction of;

  constexpr ir::node_id stage(staging& s, element wanted) const {
    return s.fit(of.result(s, static_cast<int>(N)), wanted);
  }
  static constexpr text written() { return text{} << "reduce(...)"; }
};

/// All values that a reduction gives.
template <class Reduction>
struct reduced_values {
  Reduction of;
  template <std::size_t N>
  constexpr auto get() const {
    return reduced_value<N, Reduction>{of};
  }
};

template <class T>
inline constexpr bool is_value_list = false;
template <class... E>
inline constexpr bool is_value_list<value_list<E...>> = true;

/// Whether values of these types can be the state of a reduction.
template <class Values>
constexpr bool is_state(element const* state, std::size_t count) {
  if (Values::count != count) return false;
  for (std::size_t n = 0; n < count; ++n) {
    if (common(state[n], false, Values::value_types[n], Values::value_adapts[n]) != state[n]) return false;
  }
  return true;
}

template <class Values>
constexpr text why_no_state(text_view which, element const* state, std::size_t count) {
  text why{};
  why << "reduce(...): ";
  if (Values::count != count)
    return why << which << " gives " << Values::count << " values, and there are " << count << " terms; give as many";
  for (std::size_t n = 0; n < count; ++n) {
    element const given = Values::value_types[n];
    if (common(state[n], false, given, Values::value_adapts[n]) == state[n]) continue;
    return why << "value " << n << " of " << which << " is " << given << ", and term " << n << " is " << state[n]
               << "; write cast<" << state[n] << ">(...)";
  }
  return why;
}

template <class Combiner, class... Axes, class... E>
constexpr auto described(E const&... terms) {
  using reduction = described_reduction<Combiner, value_list<expression_of<E>...>, Axes...>;
  static_assert(sizeof...(E) >= 1 && sizeof...(E) <= ir::max_reduced,
                "tenon: reduce(k, combiner, terms...): a reduction has one to four terms");
  static_assert(
      requires { Combiner::identity(); },
      "tenon: reduce(k, combiner, terms...): the combiner has a static function identity() that returns values(...)");
  using identity = decltype(Combiner::identity());
  using combination = decltype(reduction::combination());
  static_assert(is_value_list<identity>, "tenon: reduce(k, combiner, terms...): identity() returns values(...)");
  static_assert(is_value_list<combination>, "tenon: reduce(k, combiner, terms...): combine(a, b) returns values(...)");
  if constexpr (!is_state<identity>(reduction::state_types, sizeof...(E))) {
    constexpr text why = why_no_state<identity>("identity()", reduction::state_types, sizeof...(E));
    TENON_GRANT(why);
  } else if constexpr (!is_state<combination>(reduction::state_types, sizeof...(E))) {
    constexpr text why = why_no_state<combination>("combine()", reduction::state_types, sizeof...(E));
    TENON_GRANT(why);
  }
  return reduced_values<reduction>{{{boost::hana::basic_tuple<expression_of<E>...>{as_expression(terms)...}}}};
}

template <class T>
concept combiner = !operand<T> && std::is_empty_v<T>;

}  // namespace detail

/// Several values as one: what `identity()` and `combine()` of a reduction return.
template <class... E>
  requires(detail::operand<E> && ...)
constexpr auto values(E const&... e) {
  return detail::value_list<detail::expression_of<E>...>{
      boost::hana::basic_tuple<detail::expression_of<E>...>{detail::as_expression(e)...}};
}

/// A reduction of the user's, over several values at once. The combiner is a struct with two static functions: `identity()`,
/// the values that change nothing, and `combine(a, b)`, which makes the next values of two; both return `values(...)`.
///
///     auto const [mean, spread, count] = reduce(k, welford{}, x(i, k), 0, 1.0F);
template <class A, class R, class... E>
  requires detail::is_axis<A> && detail::combiner<R>
constexpr auto reduce(A const&, R const&, E const&... terms) {
  return detail::described<R, A>(terms...);
}
/// The same over two axes.
template <class A, class B, class R, class... E>
  requires detail::is_axis<A> && detail::is_axis<B> && detail::combiner<R>
constexpr auto reduce(A const&, B const&, R const&, E const&... terms) {
  return detail::described<R, A, B>(terms...);
}
/// The same over three axes.
template <class A, class B, class C, class R, class... E>
  requires detail::is_axis<A> && detail::is_axis<B> && detail::is_axis<C> && detail::combiner<R>
constexpr auto reduce(A const&, B const&, C const&, R const&, E const&... terms) {
  return detail::described<R, A, B, C>(terms...);
}

}  // namespace tenon

template <class... E>
struct std::tuple_size<tenon::detail::value_list<E...>> : std::integral_constant<std::size_t, sizeof...(E)> {};
template <std::size_t N, class... E>
struct std::tuple_element<N, tenon::detail::value_list<E...>> {
  using type = decltype(std::declval<tenon::detail::value_list<E...> const&>().template get<N>());
};
template <class Reduction>
struct std::tuple_size<tenon::detail::reduced_values<Reduction>>
    : std::integral_constant<std::size_t, Reduction::count> {};
template <std::size_t N, class Reduction>
struct std::tuple_element<N, tenon::detail::reduced_values<Reduction>> {
  using type = tenon::detail::reduced_value<N, Reduction>;
};
