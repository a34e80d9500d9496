#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <tenon/target/cuda/execute/warp.hpp>
#include <tenon/target/cuda/tile_loops.hpp>

/// Loops that are written out around an instruction of a warp: what a lane brings of an operand is fetched once for all turns
/// that need it.
namespace tenon::cuda {

/// The loops that are written out from node `N` down to an instruction.
template <class K, ir::node_id N>
inline constexpr tile_loops tiles_in = tile_loops_at(K::program, N, gpu_with<>());

namespace detail {

// Device code reads numbers, and no arrays of a constant.
template <class K, ir::node_id N, std::size_t Loop>
inline constexpr int tile_slot = slot_of<K, tiles_in<K, N>.axes[Loop]>;
template <class K, ir::node_id N, std::size_t Loop>
inline constexpr int tile_extent = tiles_in<K, N>.extents[Loop];
template <class K, ir::node_id N, std::size_t Loop>
inline constexpr int tile_below = tiles_in<K, N>.below[Loop];
template <class K, ir::node_id N, int Operand, std::size_t Loop>
inline constexpr int tile_step = tiles_in<K, N>.step[Operand][Loop];
template <class K, ir::node_id N, int Operand>
inline constexpr int tile_parts = tiles_in<K, N>.parts[Operand];

/// The turn of one of the loops in a turn of all of them.
template <class K, ir::node_id N, std::size_t Loop>
TENON_CUDA_INLINE int turn_of(int turn) {
  return turn / tile_below<K, N, Loop> % tile_extent<K, N, Loop>;
}

template <class K, ir::node_id N, std::size_t... Loop>
TENON_CUDA_INLINE counters<K> at_tile(counters<K> c, int turn, std::index_sequence<Loop...>) {
  ((c.at[tile_slot<K, N, Loop>] = static_cast<index_of<K>>(turn_of<K, N, Loop>(turn))), ...);
  return c;
}
/// Which part of an operand is meant in a turn of all loops, and whether it is the first turn of those with that part.
template <class K, ir::node_id N, int Operand, std::size_t... Loop>
TENON_CUDA_INLINE int part_of(int turn, std::index_sequence<Loop...>) {
  return (0 + ... + (turn_of<K, N, Loop>(turn) * tile_step<K, N, Operand, Loop>));
}
template <class K, ir::node_id N, int Operand, std::size_t... Loop>
TENON_CUDA_INLINE bool is_first(int turn, std::index_sequence<Loop...>) {
  return (true && ... && (tile_step<K, N, Operand, Loop> != 0 || turn_of<K, N, Loop>(turn) == 0));
}

template <class K, ir::node_id N, class G, class Locals>
TENON_CUDA_INLINE void run_tiles(G& g, counters<K> const& c, Locals const& locals) {
  constexpr ir::node_id done = tiles_in<K, N>.instruction;
  constexpr std::make_index_sequence<tiles_in<K, N>.axes.count> loops{};
  constexpr int turns = tiles_in<K, N>.turns;
  fragment<K, done, 1> a[tile_parts<K, N, 0>];
  fragment<K, done, 2> b[tile_parts<K, N, 1>];
  TENON_CUDA_UNROLL
  for (int turn = 0; turn < turns; ++turn) {
    counters<K> const at = at_tile<K, N>(c, turn, loops);
    int const of_a = part_of<K, N, 0>(turn, loops);
    int const of_b = part_of<K, N, 1>(turn, loops);
    if (is_first<K, N, 0>(turn, loops)) a[of_a] = brought<K, done, 1>(g, at, locals);
    if (is_first<K, N, 1>(turn, loops)) b[of_b] = brought<K, done, 2>(g, at, locals);
    multiply<K, done>(g, at, locals, a[of_a], b[of_b]);
  }
}

}  // namespace detail

}  // namespace tenon::cuda
