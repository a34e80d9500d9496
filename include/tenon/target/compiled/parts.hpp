#pragma once

#include <cstddef>

#include <tenon/ir/program.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/lower/match_instruction.hpp>
#include <tenon/support/config.hpp>

/// What the code of every target that is compiled as C++ is made of. A kernel `K` is a named type with a member `program`.
namespace tenon::compiled {

/// Node `N` of a kernel.
template <class K, ir::node_id N>
inline constexpr ir::node node_of = K::program[N];

/// The buffer of access `A`.
template <class K, ir::access_id A>
inline constexpr ir::buffer_id buffer_of = K::program[A].of;

namespace detail {

template <int Number, class List>
struct nth_type;
template <template <class...> class List, class First, class... More>
struct nth_type<1, List<First, More...>> {
  using type = First;
};
template <int Number, template <class...> class List, class First, class... More>
struct nth_type<Number, List<First, More...>> : nth_type<Number - 1, List<More...>> {};

}  // namespace detail

/// The user's function number `Number` of a list of types, counted from 1 as in a program.
template <int Number, class List>
using function_at = typename detail::nth_type<Number, List>::type;

/// How the nest under node `N` corresponds to the instruction that does it, whose name is label `Label` of the program.
constexpr lower::instruction_match match_of(ir::program const& p, ir::node_id nest, label const& name,
                                            lower::machine const& on) {
  for (lower::instruction const& i : on.instructions) {
    if (i.name == name) return lower::match_instruction(p, nest, i, on);
  }
  return {};
}

/// No buffers of the kernel's own yet.
struct no_locals {};

/// Buffer `B` is `here`; the others are in `up`.
template <ir::buffer_id B, class Storage, class Up>
struct local {
  Storage* here;
  Up up;
};

/// The memory of buffer `B`.
template <ir::buffer_id B, class Storage, class Up>
__attribute__((TENON_ALWAYS)) constexpr Storage& find_local(local<B, Storage, Up> const& l) {
  return *l.here;
}
template <ir::buffer_id B, ir::buffer_id Other, class Storage, class Up>
  requires(B != Other)
__attribute__((TENON_ALWAYS)) constexpr auto& find_local(local<Other, Storage, Up> const& l) {
  return find_local<B>(l.up);
}

}  // namespace tenon::compiled
