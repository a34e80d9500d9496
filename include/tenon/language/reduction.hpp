#pragma once

#include <limits>

#include <tenon/language/axis.hpp>
#include <tenon/language/expression.hpp>

namespace tenon {

namespace detail {

constexpr text_view name_of(ir::reduction_kind kind) {
  constexpr text_view names[]{"", "sum", "product", "minimum", "maximum", "any", "all", "argmin", "argmax", "reduce"};
  return names[static_cast<int>(kind)];
}

/// The running state of a reduction and a new term become the next state.
constexpr void combine(node_maker& s, ir::reduction_kind kind, ir::node_id const* state, ir::node_id const* term,
                       ir::node_id* next) {
  element const type = s.p[state[0]].type;
  auto const both = [&](ir::op what, element gives) { return s.add(what, gives, state[0], term[0]); };
  switch (kind) {
    case ir::reduction_kind::sum: next[0] = both(ir::op::add, type); break;
    case ir::reduction_kind::product: next[0] = both(ir::op::mul, type); break;
    case ir::reduction_kind::min: next[0] = both(ir::op::min, type); break;
    case ir::reduction_kind::max: next[0] = both(ir::op::max, type); break;
    case ir::reduction_kind::any: next[0] = both(ir::op::logical_or, type); break;
    case ir::reduction_kind::all: next[0] = both(ir::op::logical_and, type); break;
    case ir::reduction_kind::argmin:
    case ir::reduction_kind::argmax: {
      // Of equal values the one that comes first counts, in whatever order they are looked at.
      bool const least = kind == ir::reduction_kind::argmin;
      ir::node_id const better =
          s.add(ir::op::less, element::boolean, least ? term[0] : state[0], least ? state[0] : term[0]);
      ir::node_id const equal = s.add(ir::op::equal, element::boolean, state[0], term[0]);
      ir::node_id const earlier = s.add(ir::op::less, element::boolean, term[1], state[1]);
      ir::node_id const first = s.add(ir::op::logical_and, element::boolean, equal, earlier);
      ir::node_id const taken = s.add(ir::op::logical_or, element::boolean, better, first);
      next[0] = s.add(ir::op::select, type, taken, term[0], state[0]);
      next[1] = s.add(ir::op::select, ir::index_type, taken, term[1], state[1]);
      break;
    }
    default: ensure(false);
  }
}

/// The value that changes nothing when a term is combined with it.
constexpr ir::node_id identity(node_maker& s, ir::reduction_kind kind, element type) {
  bool const lowest = kind == ir::reduction_kind::max || kind == ir::reduction_kind::argmax;
  bool const highest = kind == ir::reduction_kind::min || kind == ir::reduction_kind::argmin;
  if (kind == ir::reduction_kind::product) return ir::is_float(type) ? s.real(type, 1) : s.whole(type, 1);
  if (kind == ir::reduction_kind::all) return s.whole(type, 1);
  if (!lowest && !highest) return s.zero(type);
  if (ir::is_float(type))
    return s.real(type, lowest ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity());
  int const bits = ir::bits_of(type);
  if (ir::is_unsigned(type))
    return s.whole(type, lowest ? 0 : bits == 64 ? -1 : static_cast<std::int64_t>((std::uint64_t{1} << bits) - 1));
  std::int64_t const least = bits == 64 ? std::numeric_limits<std::int64_t>::min() : -(std::int64_t{1} << (bits - 1));
  return s.whole(type, lowest ? least : -(least + 1));
}

/// Ends a reduction of a kind of ours and gives its result.
constexpr ir::node_id reduce(staging& s, unsigned used, reduction_axes const& over, ir::reduction_kind kind,
                             ir::node_id const* terms) {
  bool const finds = kind == ir::reduction_kind::argmin || kind == ir::reduction_kind::argmax;
  int const values = finds ? 2 : 1;
  std::uint64_t const key = key_of(kind);
  staged_reduction& r = *s.close(used, over, key, name_of(kind), terms, values);
  if (r.init == ir::node_id::none) {
    element const type = s.p[terms[0]].type;
    ir::reduction_id known = s.formulas_of(key, type);
    if (known == ir::reduction_id::none) {
      ir::reduction made{.kind = kind, .values = static_cast<std::uint8_t>(values)};
      ir::node_id formals[4]{};
      for (int v = 0; v < 2 * values; ++v) {
        formals[v] = s.add({.what = ir::op::formal, .type = s.p[terms[v % values]].type, .value = v});
      }
      made.identity[0] = identity(s, kind, type);
      if (finds) made.identity[1] = s.index(0);
      combine(s, kind, formals, formals + values, made.combine);
      known = s.add_formulas(key, type, made);
    }
    ir::node_id next[2]{};
    combine(s, kind, r.running, r.terms, next);
    s.define(r, known, next);
  }
  return r.results[values - 1];
}

/// `sum(k, l, e)` and its kin.
template <ir::reduction_kind Kind, class E, class... Axes>
struct reduction {
  static constexpr bool finds = Kind == ir::reduction_kind::argmin || Kind == ir::reduction_kind::argmax;
  using operands = types<E>;
  static constexpr element type = finds ? ir::index_type : promoted(E::type);
  static constexpr bool index = false;
  static constexpr bool calls = E::calls;
  E term;

  constexpr ir::node_id stage(staging& s, element wanted) const {
    reduction_axes over{};
    (over.facts.push_back(&Axes::facts), ...);
    unsigned const used = s.open(over);
    ir::node_id terms[2]{term.stage(s, promoted(E::type)), ir::node_id::none};
    if constexpr (finds) terms[1] = s.counter(*over.facts[0]);
    return s.fit(reduce(s, used, over, Kind, terms), wanted);
  }
  static constexpr text written() {
    text all{};
    all << name_of(Kind) << "(";
    ((all << Axes::facts.name << ", "), ...);
    return all << detail::written<E>() << ")";
  }
};

template <ir::reduction_kind Kind, class E, class... Axes>
constexpr auto reduced(E const& term) {
  using of = expression_of<E>;
  constexpr bool condition = Kind == ir::reduction_kind::any || Kind == ir::reduction_kind::all;
  constexpr text_view word = name_of(Kind);
  if constexpr (any_refused<of>) {
    return refused_expression{};
  } else if constexpr (!(is_axis<Axes> && ...)) {
    constexpr text why = text{} << word << "(k, ...): the axes come first and what is reduced comes last; write "
                                << word << "(k, x(i, k)) with an axis<\"k\", ...> k";
    TENON_GRANT(why);
    return refused_expression{};
  } else if constexpr (reduction<Kind, of, Axes...>::finds && sizeof...(Axes) != 1) {
    constexpr text why = text{} << reduction<Kind, of, Axes...>::written() << ": " << word
                                << " gives one index, so it runs over one axis; find one axis after another";
    TENON_GRANT(why);
    return refused_expression{};
  } else if constexpr (condition != (of::type == element::boolean)) {
    constexpr text why = text{} << reduction<Kind, of, Axes...>::written() << ": " << written<of>() << " is "
                                << of::type << ", and " << word
                                << (condition ? " is for conditions; compare it, as in "
                                              : " is for numbers; cast it, as in cast<int32>(")
                                << written<of>() << (condition ? " != 0" : ")");
    TENON_GRANT(why);
    return refused_expression{};
  } else {
    return reduction<Kind, of, Axes...>{as_expression(term)};
  }
}

// The axes stand first, what is reduced stands last.
template <ir::reduction_kind Kind, class A, class E>
constexpr auto reduced_over(A const&, E const& e) {
  return reduced<Kind, E, A>(e);
}
template <ir::reduction_kind Kind, class A, class B, class E>
constexpr auto reduced_over(A const&, B const&, E const& e) {
  return reduced<Kind, E, A, B>(e);
}
template <ir::reduction_kind Kind, class A, class B, class C, class E>
constexpr auto reduced_over(A const&, B const&, C const&, E const& e) {
  return reduced<Kind, E, A, B, C>(e);
}
template <ir::reduction_kind Kind, class A, class B, class C, class D, class E>
constexpr auto reduced_over(A const&, B const&, C const&, D const&, E const& e) {
  return reduced<Kind, E, A, B, C, D>(e);
}

template <class... A>
concept reducible = operands<A...> && sizeof...(A) >= 2 && sizeof...(A) <= 5;

}  // namespace detail

/// `sum(k, e)`: e added up over an axis, or over several: `sum(k, l, e)`. Short floats are added up as float.
template <class... A>
  requires detail::reducible<A...>
constexpr auto sum(A const&... a) {
  return detail::reduced_over<ir::reduction_kind::sum>(a...);
}
/// All values multiplied.
template <class... A>
  requires detail::reducible<A...>
constexpr auto product(A const&... a) {
  return detail::reduced_over<ir::reduction_kind::product>(a...);
}
/// The smallest value over the axes; `min` is of two values.
template <class... A>
  requires detail::reducible<A...>
constexpr auto minimum(A const&... a) {
  return detail::reduced_over<ir::reduction_kind::min>(a...);
}
/// The largest value over the axes; `max` is of two values.
template <class... A>
  requires detail::reducible<A...>
constexpr auto maximum(A const&... a) {
  return detail::reduced_over<ir::reduction_kind::max>(a...);
}
/// Whether the condition holds somewhere.
template <class... A>
  requires detail::reducible<A...>
constexpr auto any(A const&... a) {
  return detail::reduced_over<ir::reduction_kind::any>(a...);
}
/// Whether the condition holds everywhere.
template <class... A>
  requires detail::reducible<A...>
constexpr auto all(A const&... a) {
  return detail::reduced_over<ir::reduction_kind::all>(a...);
}
/// Where on the axis the smallest value is first, as int64.
template <class... A>
  requires detail::reducible<A...>
constexpr auto argmin(A const&... a) {
  return detail::reduced_over<ir::reduction_kind::argmin>(a...);
}
/// Where on the axis the largest value is first, as int64.
template <class... A>
  requires detail::reducible<A...>
constexpr auto argmax(A const&... a) {
  return detail::reduced_over<ir::reduction_kind::argmax>(a...);
}

}  // namespace tenon
