#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <tenon/target/cuda/config.hpp>
#include <tenon/target/cuda/execute/facts.hpp>

/// Elements of buffers, read and written. `G` is the GPU that a thread runs on, as far as it sees it: `device` or the emulator's.
namespace tenon::cuda {

template <class K, ir::node_id N, class L, class G, class Locals>
TENON_CUDA_INLINE auto value(G& g, counters<K> const& c, Locals const& locals);

/// An index as a number.
template <class K, ir::node_id N, class G, class Locals>
TENON_CUDA_INLINE index_of<K> index_value(G& g, counters<K> const& c, Locals const& locals) {
  return static_cast<index_of<K>>(value<K, N, one_lane>(g, c, locals));
}

namespace detail {

/// The stride of a dimension that is told at run time.
template <class K, ir::buffer_id Of, int Dimension, class G, class Locals>
TENON_CUDA_INLINE index_of<K> stride_value(G& g, counters<K> const& c, Locals const& locals) {
  constexpr ir::buffer b = buffer_in<K, Of>;
  if constexpr (b.strided) {
    return g.template stride<Of, Dimension>();
  } else if constexpr (Dimension + 1 == b.rank) {
    return 1;
  } else {
    return (index_value<K, b.extents[Dimension + 1]>(g, c, locals) + b.padding[Dimension + 1]) *
           stride_value<K, Of, Dimension + 1>(g, c, locals);
  }
}

template <class K, ir::access_id A, int Term, class G, class Locals>
TENON_CUDA_INLINE index_of<K> term_value(G& g, counters<K> const& c, Locals const& locals) {
  constexpr compiled::address::term t = address_in<K, A>.terms[Term];
  index_of<K> v = static_cast<index_of<K>>(t.factor);
  if constexpr (t.atom != ir::node_id::none) {
    constexpr ir::node n = node_of<K, t.atom>;
    if constexpr (n.what == ir::op::counter) v *= c.at[slot_of<K, n.axis()>];
    else v *= index_value<K, t.atom>(g, c, locals);
  }
  if constexpr (t.dimension >= 0) v *= stride_value<K, buffer_of<K, A>, t.dimension>(g, c, locals);
  return v;
}

template <class K, ir::access_id A, class G, class Locals, std::size_t... Term>
TENON_CUDA_INLINE index_of<K> sum_of_terms(G& g, counters<K> const& c, Locals const& locals,
                                           std::index_sequence<Term...>) {
  constexpr auto constant = static_cast<index_of<K>>(address_in<K, A>.constant);
  return (constant + ... + term_value<K, A, static_cast<int>(Term)>(g, c, locals));
}

/// Tells an emulator which element is meant, so that it can say so.
template <class K, ir::access_id A, bool Writes, int Dimension = 0, class G, class Locals>
TENON_CUDA_INLINE void check_index(G& g, counters<K> const& c, Locals const& locals) {
  constexpr ir::access a = access_of<K, A>;
  if constexpr (Dimension < a.rank) {
    g.template within<A, Writes>(Dimension, index_value<K, a.at[Dimension]>(g, c, locals),
                                 index_value<K, buffer_in<K, a.of>.extents[Dimension]>(g, c, locals));
    check_index<K, A, Writes, Dimension + 1>(g, c, locals);
  }
}

}  // namespace detail

/// The offset of an element in its buffer, or in the thread's own part of it.
template <class K, ir::access_id A, class G, class Locals>
TENON_CUDA_INLINE index_of<K> offset(G& g, counters<K> const& c, Locals const& locals) {
  return detail::sum_of_terms<K, A>(g, c, locals, std::make_index_sequence<address_in<K, A>.terms.count>{});
}

/// The first element of a buffer: of an argument, or of the thread's copy of a shared one.
template <class K, ir::buffer_id Of, class G>
TENON_CUDA_INLINE element_in<K, Of>* memory_of(G& g) {
  constexpr layout::place at = place_at<K, Of>;
  using T = element_in<K, Of>;
  if constexpr (at.kind == storage::argument) {
    return static_cast<T*>(g.template argument<Of>());
  } else {
    std::int32_t copy = 0;
    if constexpr (at.copied[2]) copy = g.thread(2);
    if constexpr (at.copied[1]) copy = copy * threads_in<K, 1> + g.thread(1);
    if constexpr (at.copied[0]) copy = copy * threads_in<K, 0> + g.thread(0);
    constexpr std::int64_t bytes =
        (at.count * static_cast<std::int64_t>(sizeof(T)) + widest_access - 1) / widest_access * widest_access;
    return reinterpret_cast<T*>(g.shared() + at.offset + copy * static_cast<std::int32_t>(bytes));
  }
}

/// The element that access `A` means.
template <class K, ir::access_id A, class G, class Locals>
TENON_CUDA_INLINE auto read_one(G& g, counters<K> const& c, Locals const& locals) {
  if constexpr (G::checks) detail::check_index<K, A, false>(g, c, locals);
  auto const at = offset<K, A>(g, c, locals);
  if constexpr (place_at<K, buffer_of<K, A>>.kind == storage::thread) {
    if constexpr (G::checks) g.template within_own<A, false>(at);
    return find_local<buffer_of<K, A>>(locals).at[at];
  } else {
    return g.template load<A, 1>(memory_of<K, buffer_of<K, A>>(g), at).at[0];
  }
}

template <class K, ir::access_id A, class G, class Locals, class T>
TENON_CUDA_INLINE void write_one(G& g, counters<K> const& c, Locals const& locals, T v) {
  if constexpr (G::checks) detail::check_index<K, A, true>(g, c, locals);
  auto const at = offset<K, A>(g, c, locals);
  if constexpr (place_at<K, buffer_of<K, A>>.kind == storage::thread) {
    if constexpr (G::checks) g.template within_own<A, true>(at);
    find_local<buffer_of<K, A>>(locals).at[at] = v;
  } else {
    g.template store<A, 1>(memory_of<K, buffer_of<K, A>>(g), at, pack<T, 1>{{v}});
  }
}

/// The counters of lane `q`.
template <class K, class L>
TENON_CUDA_INLINE counters<K> in_lane(counters<K> c, int q) {
  c.at[slot_of<K, L::axis>] += static_cast<index_of<K>>(q);
  return c;
}

/// How many elements an access takes at a time.
template <class K, ir::access_id A, class L>
inline constexpr int at_once =
    place_at<K, buffer_of<K, A>>.kind == storage::thread
        ? 1
        : static_cast<int>(bytes_at_once(K::program, K::where, A, L::axis) /
                           static_cast<std::int64_t>(sizeof(element_in<K, buffer_of<K, A>>)));

/// The elements of all lanes, several at a time where it is proved that they lie side by side.
template <class K, ir::access_id A, class L, class G, class Locals>
TENON_CUDA_INLINE auto read_lanes(G& g, counters<K> const& c, Locals const& locals) {
  using T = element_in<K, buffer_of<K, A>>;
  constexpr int wide = at_once<K, A, L>;
  pack<T, L::count> all;
  TENON_CUDA_UNROLL
  for (int q = 0; q < L::count; q += wide) {
    if constexpr (wide == 1) {
      all.at[q] = read_one<K, A>(g, in_lane<K, L>(c, q), locals);
    } else {
      if constexpr (G::checks) {
        for (int n = 0; n < wide; ++n) detail::check_index<K, A, false>(g, in_lane<K, L>(c, q + n), locals);
      }
      auto const part =
          g.template load<A, wide>(memory_of<K, buffer_of<K, A>>(g), offset<K, A>(g, in_lane<K, L>(c, q), locals));
      TENON_CUDA_UNROLL
      for (int n = 0; n < wide; ++n) all.at[q + n] = part.at[n];
    }
  }
  return all;
}

template <class K, ir::access_id A, class L, class G, class Locals, class T>
TENON_CUDA_INLINE void write_lanes(G& g, counters<K> const& c, Locals const& locals, pack<T, L::count> const& v) {
  constexpr int wide = at_once<K, A, L>;
  TENON_CUDA_UNROLL
  for (int q = 0; q < L::count; q += wide) {
    if constexpr (wide == 1) {
      write_one<K, A>(g, in_lane<K, L>(c, q), locals, v.at[q]);
    } else {
      pack<T, wide> part;
      TENON_CUDA_UNROLL
      for (int n = 0; n < wide; ++n) {
        part.at[n] = v.at[q + n];
        if constexpr (G::checks) detail::check_index<K, A, true>(g, in_lane<K, L>(c, q + n), locals);
      }
      g.template store<A, wide>(memory_of<K, buffer_of<K, A>>(g), offset<K, A>(g, in_lane<K, L>(c, q), locals), part);
    }
  }
}

}  // namespace tenon::cuda
