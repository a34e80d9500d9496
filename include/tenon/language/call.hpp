#pragma once

#include <boost/hana/basic_tuple.hpp>
#include <type_traits>
#include <utility>

#include <tenon/ir/cpp_type.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/language/expression.hpp>
#include <tenon/language/unpack.hpp>

namespace tenon {

namespace detail {

template <class T>
constexpr T from_scalar(ir::scalar s) {
  if constexpr (ir::is_float(element_of<T>))
    return T(static_cast<std::conditional_t<std::is_same_v<T, double>, double, float>>(s.real));
  else return static_cast<T>(s.whole);
}
template <class T>
constexpr ir::scalar to_scalar(T v) {
  if constexpr (ir::is_float(element_of<T>)) return {.real = static_cast<double>(v)};
  else return {.whole = static_cast<std::int64_t>(v)};
}

template <class Result, class... Parameters>
struct call_signature {
  using result = std::remove_cvref_t<Result>;
  static constexpr int count = sizeof...(Parameters);
  static constexpr element takes[sizeof...(Parameters) + 1]{element_of<std::remove_cvref_t<Parameters>>...,
                                                            element::none};
  template <class F, std::size_t... N>
  static constexpr ir::scalar evaluate(ir::scalar const* at, std::index_sequence<N...>) {
    return to_scalar<result>(F::call(from_scalar<std::remove_cvref_t<Parameters>>(at[N])...));
  }
};

template <class F>
struct call_signature_of;
template <class R, class... P>
struct call_signature_of<R (*)(P...)> : call_signature<R, P...> {};
template <class R, class... P>
struct call_signature_of<R (*)(P...) noexcept> : call_signature<R, P...> {};
template <class T, class R, class... P>
struct call_signature_of<R (T::*)(P...) const> : call_signature<R, P...> {};
template <class T, class R, class... P>
struct call_signature_of<R (T::*)(P...) const noexcept> : call_signature<R, P...> {};

/// A function of the user's as a type: `call` calls it, `facts` says what a program has to know.
template <auto Function>
struct user_function {
  using takes = call_signature_of<decltype(Function)>;
  template <class... A>
  static constexpr decltype(auto) call(A const&... a) {
    return Function(a...);
  }
  static constexpr ir::scalar evaluate(ir::scalar const* at) {
    return takes::template evaluate<user_function>(at, std::make_index_sequence<takes::count>{});
  }
  static constexpr ir::function facts{.name = "function",
                                      .result = element_of<typename takes::result>,
                                      .arguments = takes::count,
                                      .evaluate = &evaluate};
};

/// Likewise an object without state that can be called.
template <class Object>
struct user_object {
  using takes = call_signature_of<decltype(&Object::operator())>;
  template <class... A>
  static constexpr decltype(auto) call(A const&... a) {
    return Object{}(a...);
  }
  static constexpr ir::scalar evaluate(ir::scalar const* at) {
    return takes::template evaluate<user_object>(at, std::make_index_sequence<takes::count>{});
  }
  static constexpr ir::function facts{.name = "function",
                                      .result = element_of<typename takes::result>,
                                      .arguments = takes::count,
                                      .evaluate = &evaluate};
};

/// g++ with -fsanitize=undefined does not compare two functions in constant evaluation, unless they are one.
constexpr bool same_evaluate(decltype(ir::function::evaluate) a, decltype(ir::function::evaluate) b) {
  return __builtin_is_constant_evaluated() ? __builtin_constant_p(a == b) && a == b : a == b;
}

template <class Function, class... A>
struct user_call {
  using function = Function;
  using operands = types<A...>;
  static constexpr element type = Function::facts.result;
  static constexpr bool index = false;
  static constexpr bool calls = true;
  boost::hana::basic_tuple<A...> arguments;

  struct list {
    ir::node_id at[sizeof...(A) + 1];
  };
  constexpr ir::node_id stage(staging& s, element wanted) const {
    list const made = staged(s, std::index_sequence_for<A...>{});
    ir::node_id all = ir::node_id::none;
    for (std::size_t n = sizeof...(A); n-- > 0;) all = s.add(ir::op::list, element::none, made.at[n], all);
    return s.fit(s.add({.what = ir::op::call, .type = type, .x = number(s), .a = all}), wanted);
  }

 private:
  template <std::size_t... N>
  constexpr list staged(staging& s, std::index_sequence<N...>) const {
    return detail::unpack(arguments, [&s](auto const&... each) {
      return list{
          {s.fit(each.stage(s, promoted(Function::takes::takes[N])), Function::takes::takes[N])..., ir::node_id::none}};
    });
  }
  static constexpr std::uint16_t number(staging const& s) {
    for (std::size_t n = 1; n < s.p.functions.size(); ++n) {
      if (same_evaluate(s.p.functions[n].evaluate, Function::facts.evaluate)) return static_cast<std::uint16_t>(n);
    }
    return 0;
  }
};

template <class Function, class... A>
constexpr text why_not_call() {
  using takes = typename Function::takes;
  text why{};
  why << "call(...): ";
  if (takes::count != static_cast<int>(sizeof...(A))) {
    return why << "the function takes " << takes::count << " operands, and " << sizeof...(A)
               << " are given; give as many as it takes";
  }
  element const given[sizeof...(A) + 1]{A::type..., element::none};
  bool const free[sizeof...(A) + 1]{adapts<A>..., false};
  if (Function::facts.result == element::none)
    return why << "the function does not return a number; return float, double, bool or an integer";
  for (int n = 0; n < takes::count; ++n) {
    element const wants = takes::takes[n];
    if (wants == element::none)
      return why << "operand " << n << " of the function is no number; take float, double, bool or an integer";
    if (common(wants, false, given[n], free[n]) == element::none) {
      return why << "operand " << n << " is " << given[n] << ", and the function takes " << wants << "; write cast<"
                 << wants << ">(...)";
    }
  }
  return {};
}

template <class Function, class... A>
constexpr auto called(A const&... a) {
  if constexpr (any_refused<expression_of<A>...>) {
    return refused_expression{};
  } else if constexpr (constexpr text why = why_not_call<Function, expression_of<A>...>(); !why.empty()) {
    TENON_GRANT(why);
    return refused_expression{};
  } else {
    return user_call<Function, expression_of<A>...>{boost::hana::basic_tuple<expression_of<A>...>{as_expression(a)...}};
  }
}

}  // namespace detail

/// What a function of the user's makes of values: `call<&soft_threshold>(x(i), 0.5F)`. It need not be constexpr.
template <auto Function, class... A>
  requires detail::operands<A...>
constexpr auto call(A const&... a) {
  return detail::called<detail::user_function<Function>>(a...);
}
/// The same for an object without state, whose call operator is no template: `call(soft_threshold{}, x(i))`.
template <class Object, class... A>
  requires(std::is_empty_v<Object> && !detail::operand<Object> && detail::operands<A...>)
constexpr auto call(Object const&, A const&... a) {
  return detail::called<detail::user_object<Object>>(a...);
}

}  // namespace tenon
