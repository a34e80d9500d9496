#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <tenon/target/compiled/parts.hpp>
#include <tenon/target/cuda/execute/memory.hpp>
#include <tenon/target/cuda/fragment.hpp>
#include <tenon/target/cuda/instructions.hpp>

/// What the lanes of a warp do together: each brings its elements of the operands, and has its elements of the result.
namespace tenon::cuda {

/// The instruction that does the nest under node `N`, as a type and as a value; and what its operands are in the nest.
template <class K, ir::node_id N>
inline constexpr int instruction_number = gpu_with<>().find_instruction(K::program.instructions[node_of<K, N>.x]);
template <class K, ir::node_id N>
using instruction_at = function_at<1 + instruction_number<K, N>, instructions>;
template <class K, ir::node_id N>
inline constexpr lower::instruction described_at = gpu_with<>().instructions.first[instruction_number<K, N>];
template <class K, ir::node_id N>
inline constexpr lower::instruction_match match_at =
    match_instruction(K::program, node_of<K, N>.a, described_at<K, N>, gpu_with<>());
template <class K, ir::node_id N, int Operand>
inline constexpr ir::access_id operand_of = match_at<K, N>.operands[static_cast<std::size_t>(Operand)];

/// How its lanes get an operand.
template <class K, ir::node_id N, int Operand>
inline constexpr fetch fetch_in = fetch_of(K::program, K::where, described_at<K, N>, match_at<K, N>, Operand);

/// What a lane holds of an operand.
template <class K, ir::node_id N, int Operand>
using fragment = pack<element_in<K, buffer_of<K, operand_of<K, N, Operand>>>, instruction_at<K, N>::held[Operand]>;

namespace detail {

/// The counters at which lane 4 * row + column holds element `i` of an operand.
template <class K, ir::node_id N, std::size_t... Loop>
TENON_CUDA_INLINE counters<K> with_turns(counters<K> c, lower::turns const& t, std::index_sequence<Loop...>) {
  ((c.at[slot_of<K, match_at<K, N>.axes[Loop]>] = static_cast<index_of<K>>(t.at[Loop])), ...);
  return c;
}
template <class K, ir::node_id N, int Operand>
TENON_CUDA_INLINE counters<K> at_element(counters<K> const& c, int row, int column, int i) {
  return with_turns<K, N>(c, instruction_at<K, N>::turns_of(Operand, row, column, i),
                          std::make_index_sequence<match_at<K, N>.axes.count>{});
}

/// What this lane brings of an operand.
template <class K, ir::node_id N, int Operand, class G, class Locals>
TENON_CUDA_INLINE auto brought(G& g, counters<K> const& c, Locals const& locals) {
  constexpr ir::access_id A = operand_of<K, N, Operand>;
  constexpr fetch how = fetch_in<K, N, Operand>;
  constexpr int count = instruction_at<K, N>::held[Operand];
  constexpr int packed = static_cast<int>(4 / sizeof(element_in<K, buffer_of<K, A>>));
  int const row = g.thread(thread_place_of(described_at<K, N>.lanes[0]));
  int const column = g.thread(thread_place_of(described_at<K, N>.lanes[1]));
  fragment<K, N, Operand> all;
  if constexpr (how == fetch::rows || how == fetch::columns) {
    // Lane 8 * q + r names row r of what fills register q; where there are two of them, half of the lanes are not asked.
    int const lane = 4 * row + column;
    int const q = lane / 8 % (count / packed);
    int const r = lane % 8;
    counters<K> const at = how == fetch::rows ? at_element<K, N, Operand>(c, r, 0, packed * q)
                                              : at_element<K, N, Operand>(c, 0, r / 2, packed * q + r % packed);
    if constexpr (G::checks) check_index<K, A, false>(g, at, locals);
    g.template rows_of_lanes<N, A, Operand, how == fetch::columns>(all, memory_of<K, buffer_of<K, A>>(g),
                                                                   offset<K, A>(g, at, locals));
  } else if constexpr (how == fetch::words) {
    TENON_CUDA_UNROLL
    for (int i = 0; i < count; i += packed) {
      counters<K> const at = at_element<K, N, Operand>(c, row, column, i);
      if constexpr (G::checks) {
        for (int n = 0; n < packed; ++n)
          check_index<K, A, false>(g, at_element<K, N, Operand>(c, row, column, i + n), locals);
      }
      auto const part = g.template load<A, packed>(memory_of<K, buffer_of<K, A>>(g), offset<K, A>(g, at, locals));
      TENON_CUDA_UNROLL
      for (int n = 0; n < packed; ++n) all.at[i + n] = part.at[n];
    }
  } else {
    TENON_CUDA_UNROLL
    for (int i = 0; i < count; ++i) all.at[i] = read_one<K, A>(g, at_element<K, N, Operand>(c, row, column, i), locals);
  }
  return all;
}

/// The instruction at node `N`, done by this lane and the others of its warp.
template <class K, ir::node_id N, class G, class Locals, class A, class B>
TENON_CUDA_INLINE void multiply(G& g, counters<K> const& c, Locals const& locals, A const& a, B const& b) {
  constexpr ir::access_id D = operand_of<K, N, 0>;
  constexpr int count = instruction_at<K, N>::held[0];
  int const row = g.thread(thread_place_of(described_at<K, N>.lanes[0]));
  int const column = g.thread(thread_place_of(described_at<K, N>.lanes[1]));
  fragment<K, N, 0> d;
  TENON_CUDA_UNROLL
  for (int i = 0; i < count; ++i) d.at[i] = read_one<K, D>(g, at_element<K, N, 0>(c, row, column, i), locals);
  g.template multiply<N, instruction_at<K, N>>(d, a, b);
  TENON_CUDA_UNROLL
  for (int i = 0; i < count; ++i) write_one<K, D>(g, at_element<K, N, 0>(c, row, column, i), locals, d.at[i]);
}

template <class K, ir::node_id N, class G, class Locals>
TENON_CUDA_INLINE void run_together(G& g, counters<K> const& c, Locals const& locals) {
  auto const a = brought<K, N, 1>(g, c, locals);
  auto const b = brought<K, N, 2>(g, c, locals);
  multiply<K, N>(g, c, locals, a, b);
}

}  // namespace detail

}  // namespace tenon::cuda
