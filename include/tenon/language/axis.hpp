#pragma once

#include <concepts>

#include <tenon/language/expression.hpp>
#include <tenon/language/extent.hpp>
#include <tenon/language/facts.hpp>
#include <tenon/support/fixed_string.hpp>
#include <tenon/support/names.hpp>

namespace tenon {

/// A named axis of an operator: runs from 0 to its extent. In an expression it is the index where the operator is;
/// in a schedule it names a loop, and `outer` and `inner` the loops that splitting it makes.
template <fixed_string Name, auto Extent>
struct axis {
  static_assert(is_name(text_view(Name)), "tenon: the name of an axis is one to 32 letters, digits and underscores");
  static_assert(extent_like<decltype(Extent)>, "tenon: the extent of an axis is a number or run_time<\"name\">");
  static_assert(!requires { requires Extent < 1; }, "tenon: an axis runs at least once");
  static_assert(detail::is_possible(Extent), "tenon: an axis runs at most 2^48 times");

  static constexpr detail::axis_facts facts{text_view(Name), detail::extent_from(Extent)};
  static constexpr nested_loop<2> outer{loop_name{.loop = facts.name.part("outer")}};
  static constexpr nested_loop<2> inner{loop_name{.loop = facts.name.part("inner")}};
  constexpr operator loop_name() const { return {.loop = facts.name}; }

  using operands = types<>;
  static constexpr element type = ir::index_type;
  static constexpr bool index = true;
  static constexpr bool calls = false;
  constexpr ir::node_id stage(detail::staging& s, element wanted) const { return s.fit(s.counter(facts), wanted); }
  static constexpr text written() { return text{} << facts.name; }
};

namespace detail {

// Asked of what it has: nvcc finds no specialization for strings that are template arguments.
template <class T>
inline constexpr bool is_axis = requires { requires std::same_as<decltype(T::facts), axis_facts const>; };

template <class Axis>
struct runs {
  using operands = types<>;
  static constexpr element type = ir::index_type;
  static constexpr bool index = true;
  static constexpr bool calls = false;
  constexpr ir::node_id stage(staging& s, element wanted) const { return s.fit(s.runs(Axis::facts), wanted); }
  static constexpr text written() { return text{} << "extent(" << Axis::facts.name << ")"; }
};

}  // namespace detail

/// How often an axis runs, as an index: `sum(k, x(k)) / cast<float>(extent(k))`.
template <fixed_string Name, auto Extent>
constexpr detail::runs<axis<Name, Extent>> extent(axis<Name, Extent>) {
  return {};
}

}  // namespace tenon
