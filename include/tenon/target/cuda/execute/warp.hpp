#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/target/compiled/parts.hpp>
#include <tenon/target/cuda/execute/memory.hpp>
#include <tenon/target/cuda/instructions.hpp>

/// What the lanes of a warp do together: each brings its elements of the operands, and has its elements of the result.
namespace tenon::cuda {

/// The instruction that does the nest under node `N`, as a type; and what its operands are in the nest.
template <class K, ir::node_id N>
inline constexpr int instruction_number = 1 + number_of(gpu_with<>(), K::program.instructions[node_of<K, N>.x]);
template <class K, ir::node_id N>
using instruction_at = function_at<instruction_number<K, N>, instructions>;
template <class K, ir::node_id N>
inline constexpr lower::instruction_match match_at =
    compiled::match_of(K::program, node_of<K, N>.a, K::program.instructions[node_of<K, N>.x], gpu_with<>());
template <class K, ir::node_id N, int Operand>
inline constexpr ir::access_id operand_of = match_at<K, N>.operands[static_cast<std::size_t>(Operand)];

namespace detail {

/// Where the counter of loop `n` of the nest is kept.
template <class K, ir::node_id N, std::size_t Loop>
inline constexpr int slot_in_nest = slot_of<K, match_at<K, N>.axes[Loop]>;

template <class K, ir::node_id N, int Operand, class G>
TENON_CUDA_INLINE counters<K> at_element(G& g, counters<K> c, int i) {
  using I = instruction_at<K, N>;
  turns const t =
      I::template turns_of<Operand>(g.thread(thread_place_of(I::lanes[0])), g.thread(thread_place_of(I::lanes[1])), i);
  c.at[slot_in_nest<K, N, 0>] = static_cast<index_of<K>>(t.at[0]);
  c.at[slot_in_nest<K, N, 1>] = static_cast<index_of<K>>(t.at[1]);
  c.at[slot_in_nest<K, N, 2>] = static_cast<index_of<K>>(t.at[2]);
  c.at[slot_in_nest<K, N, 3>] = static_cast<index_of<K>>(t.at[3]);
  c.at[slot_in_nest<K, N, 4>] = static_cast<index_of<K>>(t.at[4]);
  return c;
}

template <class K, ir::node_id N, int Operand>
inline constexpr int held_of = instruction_at<K, N>::held[Operand];

/// How many elements of an operand come in one load.
template <class K, ir::node_id N, int Operand>
inline constexpr int fragment_width =
    static_cast<int>(bytes_of_fragment(K::program, K::where, operand_of<K, N, Operand>, match_at<K, N>.axes[4]) /
                     static_cast<std::int64_t>(sizeof(element_in<K, buffer_of<K, operand_of<K, N, Operand>>>)));

/// What this lane brings of an operand.
template <class K, ir::node_id N, int Operand, class G, class Locals>
TENON_CUDA_INLINE auto fragment(G& g, counters<K> const& c, Locals const& locals) {
  constexpr ir::access_id A = operand_of<K, N, Operand>;
  constexpr int wide = fragment_width<K, N, Operand>;
  constexpr int count = held_of<K, N, Operand>;
  pack<element_in<K, buffer_of<K, A>>, count> all;
  TENON_CUDA_UNROLL
  for (int i = 0; i < count; i += wide) {
    counters<K> const at = at_element<K, N, Operand>(g, c, i);
    if constexpr (wide == 1) {
      all.at[i] = read_one<K, A>(g, at, locals);
    } else {
      if constexpr (G::checks) {
        for (int n = 0; n < wide; ++n) check_index<K, A, false>(g, at_element<K, N, Operand>(g, c, i + n), locals);
      }
      auto const part = g.template load<A, wide>(memory_of<K, buffer_of<K, A>>(g), offset<K, A>(g, at, locals));
      TENON_CUDA_UNROLL
      for (int n = 0; n < wide; ++n) all.at[i + n] = part.at[n];
    }
  }
  return all;
}

/// The instruction at node `N`, done by this lane and the others of its warp.
template <class K, ir::node_id N, class G, class Locals>
TENON_CUDA_INLINE void run_together(G& g, counters<K> const& c, Locals const& locals) {
  constexpr ir::access_id D = operand_of<K, N, 0>;
  constexpr int count = held_of<K, N, 0>;
  auto const a = fragment<K, N, 1>(g, c, locals);
  auto const b = fragment<K, N, 2>(g, c, locals);
  pack<element_in<K, buffer_of<K, D>>, count> d;
  TENON_CUDA_UNROLL
  for (int i = 0; i < count; ++i) d.at[i] = read_one<K, D>(g, at_element<K, N, 0>(g, c, i), locals);
  g.template multiply<N, instruction_at<K, N>>(d, a, b);
  TENON_CUDA_UNROLL
  for (int i = 0; i < count; ++i) write_one<K, D>(g, at_element<K, N, 0>(g, c, i), locals, d.at[i]);
}

}  // namespace detail

}  // namespace tenon::cuda
