#pragma once

#include <cstdint>

#include <tenon/target/cuda/execute/value.hpp>

/// Copies that go on while the thread computes: 4, 8 or 16 bytes each, in groups that a thread waits for.
namespace tenon::cuda::detail {

/// One copy of `Count` elements.
template <class K, ir::node_id N, int Count, class G, class Locals>
TENON_CUDA_INLINE void start_copy(G& g, counters<K> const& c, Locals const& locals) {
  constexpr ir::access_id to = node_of<K, N>.access();
  constexpr ir::access_id from = copied_from<K, N>;
  if constexpr (G::checks) {
    check_index<K, to, true>(g, c, locals);
    check_index<K, from, false>(g, c, locals);
  }
  g.template copy<to, from, Count>(memory_of<K, buffer_of<K, to>>(g), offset<K, to>(g, c, locals),
                                   memory_of<K, buffer_of<K, from>>(g), offset<K, from>(g, c, locals));
}

/// One element: copied, or the zero that stands outside of its tensor.
template <class K, ir::node_id N, class G, class Locals>
TENON_CUDA_INLINE void copy_one(G& g, counters<K> const& c, Locals const& locals) {
  constexpr ir::access_id to = node_of<K, N>.access();
  using T = element_in<K, buffer_of<K, to>>;
  if constexpr (sizeof(T) < 4) {
    write_one<K, to>(g, c, locals, value<K, node_of<K, N>.a, one_lane>(g, c, locals));
  } else if constexpr (is_guarded_copy<K, N>) {
    if (value<K, node_of<K, node_of<K, N>.a>.a, one_lane>(g, c, locals)) start_copy<K, N, 1>(g, c, locals);
    else write_one<K, to>(g, c, locals, T{});
  } else {
    start_copy<K, N, 1>(g, c, locals);
  }
}

/// How many elements go in one copy.
template <class K, ir::node_id N, class L>
inline constexpr int copied_at_once =
    at_once<K, node_of<K, N>.access(), L> < at_once<K, copied_from<K, N>, L> ? at_once<K, node_of<K, N>.access(), L>
                                                                             : at_once<K, copied_from<K, N>, L>;

template <class K, ir::node_id N, class L, class G, class Locals>
TENON_CUDA_INLINE void copy_one_by_one(G& g, counters<K> const& c, Locals const& locals) {
  TENON_CUDA_UNROLL
  for (int q = 0; q < L::count; ++q) copy_one<K, N>(g, in_lane<K, L>(c, q), locals);
}

/// Neighbouring elements, several in one copy where they lie side by side in both places.
template <class K, ir::node_id N, class L, class G, class Locals>
TENON_CUDA_INLINE void copy_lanes(G& g, counters<K> const& c, Locals const& locals) {
  constexpr int wide = copied_at_once<K, N, L>;
  using T = element_in<K, buffer_of<K, node_of<K, N>.access()>>;
  if constexpr (wide * sizeof(T) < 4) {
    copy_one_by_one<K, N, L>(g, c, locals);
  } else {
    bool all = true;
    if constexpr (is_guarded_copy<K, N>) { all = all_of<L>(value<K, node_of<K, node_of<K, N>.a>.a, L>(g, c, locals)); }
    if (all) {
      TENON_CUDA_UNROLL
      for (int q = 0; q < L::count; q += wide) start_copy<K, N, wide>(g, in_lane<K, L>(c, q), locals);
    } else {
      copy_one_by_one<K, N, L>(g, c, locals);
    }
  }
}

}  // namespace tenon::cuda::detail
