#pragma once

#include <type_traits>
#include <utility>

#include <tenon/language/argument.hpp>
#include <tenon/language/stage.hpp>

namespace tenon {

namespace detail {

template <class T>
inline constexpr bool is_bound = false;
template <class Tensor, class Value>
inline constexpr bool is_bound<tenon::bound<Tensor, Value>> = true;

/// The place of a tensor among the arguments of an operator, or -1.
template <class Tensor, class... Tensors>
constexpr int place_among(types<Tensors...>) {
  int place = -1;
  int at = 0;
  ((place = std::is_same_v<Tensor, Tensors> ? at : place, ++at), ...);
  return place;
}
template <class... Tensors>
constexpr int count_of(types<Tensors...>) {
  return sizeof...(Tensors);
}

template <class Op>
struct gatherer {
  using arguments = arguments_of<Op>;
  static constexpr int count = count_of(arguments{});

  template <class Tensor, class Value>
  static void put(argument* all, tenon::bound<Tensor, Value> const& b) {
    constexpr int at = place_among<Tensor>(arguments{});
    static_assert(at >= 0, "tenon: an argument is given under a name that is no argument of this operator");
    if constexpr (at >= 0) all[at] = argument_of(b.value);
  }

  template <class... Bound>
  static constexpr bool covers() {
    bool seen[count + 1]{};
    (mark(seen, std::type_identity<Bound>{}), ...);
    for (int at = 0; at < count; ++at) {
      if (!seen[at]) return false;
    }
    return true;
  }
  template <class Tensor, class Value>
  static constexpr void mark(bool* seen, std::type_identity<tenon::bound<Tensor, Value>>) {
    int const at = place_among<Tensor>(arguments{});
    if (at >= 0) seen[at] = true;
  }
};

}  // namespace detail

/// How many arguments a kernel of the operator has.
template <class Op>
inline constexpr int argument_count = detail::gatherer<Op>::count;

/// Puts what a kernel is called with in the order of the operator's tensors: given by name, `op.x = data`, in any order, or by
/// position. Says so in the compiler if it does not fit.
template <class Op, class... Arguments>
void gather_arguments(argument* all, Arguments&&... given) {
  using gather = detail::gatherer<Op>;
  static_assert(sizeof...(Arguments) == argument_count<Op>,
                "tenon: a kernel is called with one argument for each tensor of the operator");
  constexpr bool by_name = (detail::is_bound<std::remove_cvref_t<Arguments>> && ...);
  static_assert(by_name || !(detail::is_bound<std::remove_cvref_t<Arguments>> || ...),
                "tenon: the arguments of a kernel are given all by name, op.x = data, or all by position");
  if constexpr (sizeof...(Arguments) == argument_count<Op>) {
    if constexpr (by_name) {
      (gather::put(all, given), ...);
      static_assert(gather::template covers<std::remove_cvref_t<Arguments>...>(),
                    "tenon: each argument of a kernel is given once, under a name of this operator");
    } else {
      int at = 0;
      ((all[at++] = argument_of(std::forward<Arguments>(given))), ...);
    }
  }
}

}  // namespace tenon
