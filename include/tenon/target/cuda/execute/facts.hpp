#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <tenon/ir/cpp_type.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/target/compiled/parts.hpp>
#include <tenon/target/cuda/lane_join.hpp>
#include <tenon/target/cuda/layout.hpp>

/// What code is made from. A kernel `K` is a named type with the members `program` and `where` (its layout), and the type
/// `functions` (what the program calls).
namespace tenon::cuda {

using compiled::buffer_of;
using compiled::find_local;
using compiled::function_at;
using compiled::local;
using compiled::no_locals;
using compiled::node_of;

// Device code reads what a kernel is made of through variables: nvcc lets it read no member of `K` that is a reference.

/// The root of a kernel's program; the axis of loop `N`; how often that runs, or -1.
template <class K>
inline constexpr ir::node_id root_of = K::program.root;
template <class K, ir::node_id N>
inline constexpr ir::axis axis_of = K::program[node_of<K, N>.axis()];
template <class K, ir::node_id N>
inline constexpr std::int64_t turns_of = constant_or(K::program, axis_of<K, N>.extent, -1);

/// Where the counter of an axis is kept; how many threads a block has in one coordinate, and a grid blocks.
template <class K, ir::axis_id A>
inline constexpr int slot_of = K::where.slot[static_cast<std::size_t>(A)];
template <class K, int Coordinate>
inline constexpr int threads_in = static_cast<int>(K::where.threads.threads[Coordinate]);
template <class K, int Coordinate>
inline constexpr int blocks_in = static_cast<int>(K::where.threads.blocks[Coordinate]);

/// An access, and a buffer.
template <class K, ir::access_id A>
inline constexpr ir::access access_of = K::program[A];
template <class K, ir::buffer_id B>
inline constexpr ir::buffer buffer_in = K::program[B];

/// Where access `A` of a kernel goes.
template <class K, ir::access_id A>
inline constexpr compiled::address address_in = address_of(K::program, K::where, A);

/// Where a buffer is.
template <class K, ir::buffer_id B>
inline constexpr layout::place place_at = K::where.at[static_cast<std::size_t>(B)];

/// Whether a warp does some instruction.
template <class K>
inline constexpr bool any_together = K::where.any_together;

/// The C++ type of a buffer's elements.
template <class K, ir::buffer_id B>
using element_in = ir::cpp_type<buffer_in<K, B>.type>;

/// Whether the loop over `Axis` changes a value, an address.
template <class K, ir::node_id N, ir::axis_id Axis>
inline constexpr bool value_varies =
    (K::where.varies[static_cast<std::size_t>(N)] & K::where.vector_of[static_cast<std::size_t>(Axis)]) != 0;
template <class K, ir::access_id A, ir::axis_id Axis>
inline constexpr bool address_varies =
    (K::where.access_varies[static_cast<std::size_t>(A)] & K::where.vector_of[static_cast<std::size_t>(Axis)]) != 0;

/// The lanes' join that the loop at `N` is, if the parts are in registers.
template <class K, ir::node_id N>
inline constexpr join_of_lanes join_in = [] {
  join_of_lanes const j = lane_join_at(K::program, N, K::where.threads);
  if (!j.found) return join_of_lanes{};
  layout::place const& from = K::where.at[static_cast<std::size_t>(K::program[j.from].of)];
  return from.kind == storage::thread && from.owned[0] ? j : join_of_lanes{};
}();

/// Of a store whose copy goes on by itself: the load that it copies, and the condition under which it does, or none.
template <class K, ir::node_id N>
inline constexpr bool is_guarded_copy = node_of<K, node_of<K, N>.a>.what == ir::op::guarded;
template <class K, ir::node_id N>
inline constexpr ir::access_id copied_from =
    K::program[is_guarded_copy<K, N> ? node_of<K, node_of<K, N>.a>.b : node_of<K, N>.a].access();
template <class K, ir::node_id N>
inline constexpr bool goes_ahead = K::where.copies_ahead[static_cast<std::size_t>(N)];

/// What offsets are computed in.
template <class K>
using index_of = std::conditional_t<K::where.wide_index, std::int64_t, std::int32_t>;

/// The counters of the loops around, by slot; handed on by value, so that they stay in registers.
template <class K>
struct counters {
  index_of<K> at[K::where.slots + 1];
};

/// A thread's own part of a buffer.
template <class T, int Count>
struct elements {
  T at[Count];
};

/// The values of several neighbouring iterations.
template <class T, int N>
struct pack {
  T at[N];
};
template <class V>
inline constexpr bool is_pack = false;
template <class T, int N>
inline constexpr bool is_pack<pack<T, N>> = true;

/// Which iterations a statement is about: one, or `Count` of the loop over `Axis` together.
struct one_lane {
  static constexpr ir::axis_id axis = ir::axis_id::none;
  static constexpr int count = 1;
};
template <ir::axis_id Axis, int Count>
struct lanes_of_loop {
  static constexpr ir::axis_id axis = Axis;
  static constexpr int count = Count;
};

}  // namespace tenon::cuda
