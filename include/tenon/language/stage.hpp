#pragma once

#include <boost/hana/basic_tuple.hpp>
#include <cstddef>
#include <type_traits>

#include <tenon/ir/program.hpp>
#include <tenon/language/call.hpp>
#include <tenon/language/fields.hpp>
#include <tenon/language/staging.hpp>
#include <tenon/language/tensor.hpp>
#include <tenon/language/unpack.hpp>

namespace tenon {

namespace detail {

/// Several stages, in the order in which they are computed.
template <class... Stages>
struct stage_list {
  boost::hana::basic_tuple<Stages...> each;
};

template <class T>
inline constexpr bool is_assignment = false;
template <class Left, class Right>
inline constexpr bool is_assignment<assignment<Left, Right>> = true;

template <class T>
struct stages_in;
template <class Left, class Right>
struct stages_in<assignment<Left, Right>> {
  using type = types<assignment<Left, Right>>;
};
template <class... Stages>
struct stages_in<stage_list<Stages...>> {
  using type = types<Stages...>;
};

// Looks for the name alone, so that define() is compiled where its mistakes read best. Two members of one name are ambiguous.
struct other_define {
  int define;
};
template <class Op>
struct either_define : Op, other_define {};
template <class Op>
concept defines = !requires { &either_define<Op>::define; };

/// What define() of an operator returns.
template <class Op>
using definition_of = decltype(std::declval<Op const&>().define());

template <class T>
concept definition = requires { typename stages_in<T>::type; };

template <class Op>
using stages_of = typename stages_in<definition_of<Op>>::type;
template <class Op>
using members_of = decltype(fields_of(std::declval<Op const&>()));

template <class Tensor, class... Stages>
constexpr bool is_computed(types<Stages...>) {
  return (std::is_same_v<typename Stages::left_side::tensor, Tensor> || ...);
}

template <bool Arguments, class Member, class Op>
constexpr void declare(staging& s) {
  if constexpr (is_tensor<Member>) {
    constexpr bool argument = Member::facts.takes != part::temporary;
    if constexpr (argument == Arguments) {
      constexpr ir::role use = is_computed<Member>(stages_of<Op>{}) ? ir::role::output : ir::role::input;
      s.declare(Member::facts, argument ? use : ir::role::temporary);
    }
  }
}

template <class Op, class... Members>
constexpr void declare_all(staging& s, types<Members...>) {
  (declare<true, Members, Op>(s), ...);
  (declare<false, Members, Op>(s), ...);
}

template <class Tensor, edge Outside, class... Indices>
constexpr void begin(staging& s, access<Tensor, Outside, Indices...> const&) {
  if constexpr ((is_axis<Indices> && ...)) {
    axis_facts const* const left[sizeof...(Indices) + 1]{&Indices::facts..., nullptr};
    s.begin(Tensor::facts, left);
  }
}

template <class Left, class Right>
constexpr void stage_one(staging& s, assignment<Left, Right> const& a) {
  begin(s, a.left);
  // Made in the type it is computed in, then rounded to the tensor's.
  s.end(s.fit(a.right.stage(s, promoted(Left::type)), Left::type));
}
template <class... Stages>
constexpr void stage_one(staging& s, stage_list<Stages...> const& list) {
  detail::unpack(list.each, [&s](auto const&... each) { (stage_one(s, each), ...); });
}

template <class List, class More>
struct merge;
template <class... T>
struct merge<types<T...>, types<>> {
  using type = types<T...>;
};
template <class... T, class First, class... More>
struct merge<types<T...>, types<First, More...>> {
  using next = std::conditional_t<(std::is_same_v<T, First> || ...), types<T...>, types<T..., First>>;
  using type = typename merge<next, types<More...>>::type;
};

/// The functions of the user's that are called in expressions, each once, in order of their first call.
template <class Found, class E>
struct functions_in;
template <class Found, class Operands>
struct functions_in_all;
template <class Found>
struct functions_in_all<Found, types<>> {
  using type = Found;
};
template <class Found, class First, class... More>
struct functions_in_all<Found, types<First, More...>> {
  using type = typename functions_in_all<typename functions_in<Found, First>::type, types<More...>>::type;
};
template <class Found, class E>
struct functions_in {
  template <class T>
  static constexpr auto walk() {
    if constexpr (!T::calls) {
      return std::type_identity<Found>{};
    } else {
      using below = typename functions_in_all<Found, typename T::operands>::type;
      if constexpr (requires { typename T::function; }) return merge<below, types<typename T::function>>{};
      else return std::type_identity<below>{};
    }
  }
  using type = typename decltype(walk<E>())::type;
};

template <class Stages>
struct right_sides;
template <class... Stages>
struct right_sides<types<Stages...>> {
  using type = types<typename Stages::right_side...>;
};

template <class... Functions>
constexpr void declare_functions(staging& s, types<Functions...>) {
  (s.p.add(Functions::facts), ...);
}

template <class... Done>
constexpr types<Done...> arguments_in(types<Done...>, types<>) {
  return {};
}
template <class... Done, class First, class... More>
constexpr auto arguments_in(types<Done...>, types<First, More...>) {
  if constexpr (is_tensor<First>) {
    if constexpr (First::facts.takes != part::temporary) return arguments_in(types<Done..., First>{}, types<More...>{});
    else return arguments_in(types<Done...>{}, types<More...>{});
  } else {
    return arguments_in(types<Done...>{}, types<More...>{});
  }
}

}  // namespace detail

/// A comma between stages would drop the first one.
template <class First, class Second>
  requires(detail::definition<First> && detail::definition<Second>)
constexpr auto operator,(First const&, Second const& second) {
  static_assert(!detail::definition<First>, "tenon: stages are listed in stages(..., ...), not with a comma alone");
  return second;
}

/// Several stages, one after another: `stages(bx(y, x) = ..., by(y, x) = ...)`.
template <class... Stages>
constexpr auto stages(Stages const&... each) {
  static_assert((detail::is_assignment<Stages> && ...),
                "tenon: stages(...) holds stages, each of the form y(i, j) = ...");
  return detail::stage_list<Stages...>{boost::hana::basic_tuple<Stages...>{each...}};
}

/// The tensors that a caller hands over, as types, in the order of the struct.
template <class Op>
using arguments_of = decltype(detail::arguments_in(types<>{}, detail::members_of<Op>{}));

/// The user's functions that the operator calls, as types: number n of them is function n + 1 of the program.
template <class Op>
using functions_of =
    typename detail::functions_in_all<types<>, typename detail::right_sides<detail::stages_of<Op>>::type>::type;

/// The operator as a program: loops in the order of the left sides, reductions in front of what reads them.
template <class Op>
constexpr ir::program stage(Op const& op) {
  static_assert(std::is_aggregate_v<Op>,
                "tenon: an operator is a plain struct of axes and tensors, without constructors");
  static_assert(detail::defines<Op>, "tenon: an operator has a function define() that says what it computes");
  detail::staging s{};
  if constexpr (std::is_aggregate_v<Op> && detail::defines<Op>) {
    static_assert(detail::definition<detail::definition_of<Op>>,
                  "tenon: define() returns a stage, y(i, j) = ..., or stages(...)");
    if constexpr (detail::definition<detail::definition_of<Op>>) {
      detail::declare_all<Op>(s, detail::members_of<Op>{});
      detail::declare_functions(s, functions_of<Op>{});
      detail::stage_one(s, op.define());
      s.finish();
    }
  }
  return s.p;
}

/// The program of an operator, made once.
template <class Op>
inline constexpr ir::program staged = stage(Op{});

/// The same; if it is refused, this does not compile and shows the sentence.
template <class Op>
constexpr ir::program const& stage() {
  TENON_GRANT(staged<Op>.refused.sentence, Op);
  return staged<Op>;
}

}  // namespace tenon
