#pragma once

#include <boost/hana/basic_tuple.hpp>
#include <type_traits>

#include <tenon/language/axis.hpp>
#include <tenon/language/expression.hpp>
#include <tenon/language/facts.hpp>
#include <tenon/language/unpack.hpp>
#include <tenon/support/names.hpp>

namespace tenon {

namespace detail {

/// `y(i, j) = e`: one stage of an operator.
template <class Left, class Right>
struct assignment {
  using left_side = Left;
  using right_side = Right;
  Left left;
  Right right;
};

/// `x(i, k)`: one element. Read in an expression; written where it stands on the left of `=`.
template <class Tensor, edge Outside, class... Indices>
struct access {
  using tensor = Tensor;
  using operands = types<Indices...>;
  static constexpr element type = Tensor::facts.type;
  static constexpr bool index = false;
  static constexpr bool calls = (Indices::calls || ...);
  boost::hana::basic_tuple<Indices...> at;

  constexpr ir::node_id stage(staging& s, element wanted) const {
    return s.fit(s.read(Tensor::facts, staged_indices(s).at, Outside, ir::node_id::none), wanted);
  }
  struct indices {
    ir::node_id at[sizeof...(Indices) + 1];
  };
  constexpr indices staged_indices(staging& s) const {
    return detail::unpack(
        at, [&s](auto const&... each) { return indices{{each.stage(s, ir::index_type)..., ir::node_id::none}}; });
  }

  template <class E>
  constexpr auto operator=(E const& value) const {
    if constexpr (!operand<E>) {
      static_assert(operand<E>, "tenon: on the right of = stands an expression of the language");
    } else {
      return assign(as_expression(value));
    }
  }

  static constexpr text written() {
    text all{};
    all << Tensor::facts.name << "(";
    [[maybe_unused]] char const* comma = "";
    ((all << comma << detail::written<Indices>(), comma = ", "), ...);
    return all << ")";
  }

 private:
  template <class E>
  constexpr assignment<access, E> assign(E const& value) const {
    constexpr bool fits = common(type, false, E::type, adapts<E>) != element::none;
    if constexpr (any_refused<E>) {
    } else if constexpr (Outside != edge::none || !(is_axis<Indices> && ...) || !fits) {
      constexpr text why = why_not(E::type);
      TENON_GRANT(why);
    }
    return {*this, value};
  }
  static constexpr text why_not(element given) {
    text why{};
    why << written() << " = ...: ";
    if (Outside != edge::none)
      return why << "a boundary is for reading; write to " << Tensor::facts.name << "(...) itself";
    if (!(is_axis<Indices> && ...)) {
      return why << "on the left every index is an axis; write " << Tensor::facts.name
                 << "(i, ...), and shift where you read";
    }
    return why << Tensor::facts.name << " is " << type << " and the right side is " << given << "; write cast<" << type
               << ">(...)";
  }
};

template <class T>
inline constexpr bool is_access = false;
template <class Tensor, edge Outside, class... Indices>
inline constexpr bool is_access<access<Tensor, Outside, Indices...>> = true;

/// Why these cannot be the indices of the tensor.
template <class Tensor, class... Indices>
constexpr text why_not_indices() {
  tensor_facts const& t = Tensor::facts;
  text why{};
  why << t.name << "(";
  [[maybe_unused]] char const* comma = "";
  ((why << comma << written<Indices>(), comma = ", "), ...);
  why << "): ";
  if (sizeof...(Indices) != static_cast<std::size_t>(t.rank)) {
    return why << t.name << " has " << t.rank << (t.rank == 1 ? " dimension" : " dimensions") << ", and "
               << sizeof...(Indices) << (sizeof...(Indices) == 1 ? " index is" : " indices are")
               << " given; give one index for each dimension";
  }
  return why << "an index is made of axes and whole numbers; for a value, say its range: within<0, n>(...)";
}

}  // namespace detail

/// A tensor handed to a kernel by name: `op.x = data`.
template <class Tensor, class Value>
struct bound {
  using tensor = Tensor;
  Value& value;
};

namespace detail {

/// A tensor of an operator: its name, the type of its elements, and an extent for each dimension.
template <part Part, fixed_string Name, class T, auto... Extents>
struct named_tensor {
  static_assert(is_name(text_view(Name)), "tenon: the name of a tensor is one to 32 letters, digits and underscores");
  static_assert(sizeof...(Extents) <= ir::max_rank, "tenon: a tensor has at most 8 dimensions");
  static_assert(element_of<T> != element::none, "tenon: the elements of a tensor are float, double, half, bfloat16, "
                                                "(u)int8_t to (u)int64_t, bool, or int4x2, uint4x2");
  static_assert((extent_like<decltype(Extents)> && ...),
                "tenon: the extent of a dimension is a number or run_time<\"name\">");

  static_assert((is_possible(Extents) && ...), "tenon: a dimension has 1 to 2^48 elements");

  using value_type = T;
  static constexpr int rank = sizeof...(Extents);
  static constexpr tensor_facts facts{text_view(Name), element_of<T>, Part, rank, {extent_from(Extents)...}};

  constexpr operator tensor_name() const { return {facts.name}; }
  /// The loop of this name in the stage that computes this tensor.
  constexpr loop_name operator[](loop_name const& loop) const { return {facts.name, loop.loop}; }

  template <class... Indices>
  constexpr auto operator()(Indices const&... at) const {
    if constexpr (!(operand<Indices> && ...)) {
      static_assert((operand<Indices> && ...), "tenon: an index is made of axes and whole numbers");
    } else {
      if constexpr (sizeof...(Indices) != rank || !(expression_of<Indices>::index && ...)) {
        constexpr text why = why_not_indices<named_tensor, expression_of<Indices>...>();
        TENON_GRANT(why);
        return refused_expression{};
      } else {
        return access<named_tensor, edge::none, expression_of<Indices>...>{
            boost::hana::basic_tuple<expression_of<Indices>...>{as_expression(at)...}};
      }
    }
  }

  /// `op.x = data` hands an argument over by name; `s = e` computes a tensor without dimensions.
  template <class Value>
  constexpr auto operator=(Value&& value) const {
    if constexpr (expression<std::remove_cvref_t<Value>>) {
      return (*this)() = value;
    } else {
      return bound<named_tensor, std::remove_reference_t<Value>>{value};
    }
  }
};

}  // namespace detail

/// An argument of an operator: dense and row-major. What is assigned to is an output, the others are inputs.
template <fixed_string Name, class T, auto... Extents>
using tensor = detail::named_tensor<detail::part::argument, Name, T, Extents...>;

/// An argument whose outer strides a call says; the innermost is one.
template <fixed_string Name, class T, auto... Extents>
using strided = detail::named_tensor<detail::part::strided, Name, T, Extents...>;

/// A tensor between two stages, no argument: the kernel gives it room where the schedule says.
template <fixed_string Name, class T, auto... Extents>
using temporary = detail::named_tensor<detail::part::temporary, Name, T, Extents...>;

}  // namespace tenon
