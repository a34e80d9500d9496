#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/program.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/lower/match_instruction.hpp>
#include <tenon/target/cpu/address.hpp>
#include <tenon/target/cpu/call.hpp>
#include <tenon/target/cpu/isa.hpp>
#include <tenon/target/cpu/layout.hpp>

/// What code is made from. A kernel `K` is a named type with the members
/// `program` and `where` (its layout), the `machine`, and the types `functions` and `own_instructions` (what the program calls).
namespace tenon::cpu {

/// Node `N` of a kernel.
template <class K, ir::node_id N>
inline constexpr ir::node node_of = K::program[N];

/// Where access `A` of a kernel goes.
template <class K, ir::access_id A>
inline constexpr address address_in = address_of(K::program, K::where, A);

/// The buffer of access `A`, and what it became.
template <class K, ir::access_id A>
inline constexpr ir::buffer_id buffer_of = K::program[A].of;
template <class K, ir::buffer_id B>
inline constexpr layout::place place_of = K::where.at[static_cast<std::size_t>(B)];

/// Whether the loop over `Axis` changes a value, an address.
template <class K, ir::node_id N, ir::axis_id Axis>
inline constexpr bool value_varies =
    (K::where.varies[static_cast<std::size_t>(N)] & K::where.vector_of[static_cast<std::size_t>(Axis)]) != 0;
template <class K, ir::access_id A, ir::axis_id Axis>
inline constexpr bool address_varies =
    (K::where.access_varies[static_cast<std::size_t>(A)] & K::where.vector_of[static_cast<std::size_t>(Axis)]) != 0 ||
    (place_of<K, buffer_of<K, A>>.kind == storage::lanes);

/// The counters of the loops around, by slot. Where an unrolled loop or a block of lanes stands, a constant is assigned: after
/// inlining it is one in every index made from it, and so each body is instantiated once, however often it is repeated.
template <class K>
struct counters {
  std::int64_t at[K::where.slots + 1];
};

/// What stays the same during a call: a copy of its own, so that stores to memory cannot change it.
template <class K>
struct fixed {
  void* data[call_data::most_arguments + 1];
  std::int64_t strides[call_data::most_arguments + 1][ir::max_rank];
  std::int64_t parameters[call_data::most_parameters];
  std::byte* shared;
  std::byte* worker;
  std::byte* workers;
  executor* runner;
};

template <int Number, class List>
struct nth_type;
template <template <class...> class List, class First, class... More>
struct nth_type<1, List<First, More...>> {
  using type = First;
};
template <int Number, template <class...> class List, class First, class... More>
struct nth_type<Number, List<First, More...>> : nth_type<Number - 1, List<More...>> {};

/// The user's function number `Number` of a list of types, counted from 1 as in a program.
template <int Number, class List>
using function_at = typename nth_type<Number, List>::type;

/// How the nest under node `N` corresponds to the instruction that does it, whose name is label `Label` of the program.
constexpr lower::instruction_match match_of(ir::program const& p, ir::node_id nest, label const& name,
                                            lower::machine const& on) {
  for (lower::instruction const& i : on.instructions) {
    if (i.name == name) return lower::match_instruction(p, nest, i, on);
  }
  return {};
}
template <class K, ir::node_id N>
inline constexpr lower::instruction_match match_in =
    match_of(K::program, K::program[N].a, K::program.instructions[K::program[N].x], K::machine);

/// Which lanes a statement is about: one, or `Count` iterations of the loop over `Axis`, whose elements have at most `Width` bytes.
struct one_lane {
  static constexpr ir::axis_id axis = ir::axis_id::none;
  static constexpr int count = 1;
};
template <ir::axis_id Axis, int Count, int Width>
struct lanes_of_loop {
  static constexpr ir::axis_id axis = Axis;
  static constexpr int count = Count;
  static constexpr int width = Width;
};

/// All lanes are active; the first `Active` are.
struct every {};
template <int Active>
struct front {};

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
__attribute__((TENON_CPU_ALWAYS)) constexpr Storage& find_local(local<B, Storage, Up> const& l) {
  return *l.here;
}
template <ir::buffer_id B, ir::buffer_id Other, class Storage, class Up>
  requires(B != Other)
__attribute__((TENON_CPU_ALWAYS)) constexpr auto& find_local(local<Other, Storage, Up> const& l) {
  return find_local<B>(l.up);
}

}  // namespace tenon::cpu
