#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/program.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/lower/match_instruction.hpp>
#include <tenon/target/compiled/parts.hpp>
#include <tenon/target/cpu/address.hpp>
#include <tenon/target/cpu/call.hpp>
#include <tenon/target/cpu/isa.hpp>
#include <tenon/target/cpu/layout.hpp>

/// What code is made from. A kernel `K` is a named type with the members
/// `program` and `where` (its layout), the `machine`, and the types `functions` and `own_instructions` (what the program calls).
namespace tenon::cpu {

using compiled::buffer_of;
using compiled::find_local;
using compiled::function_at;
using compiled::local;
using compiled::match_of;
using compiled::no_locals;
using compiled::node_of;

/// Where access `A` of a kernel goes.
template <class K, ir::access_id A>
inline constexpr address address_in = address_of(K::program, K::where, A);

/// What a buffer became.
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

}  // namespace tenon::cpu
