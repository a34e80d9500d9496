#pragma once

#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/target/cuda/execute/copy.hpp>
#include <tenon/target/cuda/execute/value.hpp>
#include <tenon/target/cuda/execute/tiles.hpp>

/// Statements become code: loops by recursion over the nodes of the program, all of it inlined in one function.
namespace tenon::cuda {

template <class K, ir::node_id N, class L, class G, class Locals>
TENON_CUDA_INLINE void run(G& g, counters<K> c, Locals const& locals);

namespace detail {

/// Whether this thread is the one that stores what several compute alike.
template <class K, ir::node_id N, class G>
TENON_CUDA_INLINE bool stores_here(G& g) {
  constexpr unsigned first_only = K::where.first_only[static_cast<std::size_t>(N)];
  bool here = true;
  if constexpr ((first_only & 1u) != 0) here = here && g.thread(0) == 0;
  if constexpr ((first_only & 2u) != 0) here = here && g.thread(1) == 0;
  if constexpr ((first_only & 4u) != 0) here = here && g.thread(2) == 0;
  return here;
}

template <class K, ir::node_id N, class G, class Locals>
TENON_CUDA_INLINE void store_one(G& g, counters<K> const& c, Locals const& locals) {
  constexpr ir::node n = node_of<K, N>;
  using T = element_in<K, buffer_of<K, n.access()>>;
  if (!stores_here<K, N>(g)) return;
  if constexpr (goes_ahead<K, N>) {
    copy_one<K, N>(g, c, locals);
  } else if constexpr (n.b == ir::node_id::none) {
    write_one<K, n.access()>(g, c, locals, compiled::scalar_cast<T>(value<K, n.a, one_lane>(g, c, locals)));
  } else {
    if (value<K, n.b, one_lane>(g, c, locals))
      write_one<K, n.access()>(g, c, locals, compiled::scalar_cast<T>(value<K, n.a, one_lane>(g, c, locals)));
  }
}

template <class K, ir::node_id N, class L, class G, class Locals>
TENON_CUDA_INLINE void store_lane_by_lane(G& g, counters<K> const& c, Locals const& locals) {
  TENON_CUDA_UNROLL
  for (int q = 0; q < L::count; ++q) store_one<K, N>(g, in_lane<K, L>(c, q), locals);
}

template <class K, ir::node_id N, class L, class G, class Locals>
TENON_CUDA_INLINE void store_together(G& g, counters<K> const& c, Locals const& locals) {
  constexpr ir::node n = node_of<K, N>;
  using T = element_in<K, buffer_of<K, n.access()>>;
  auto const all = each<L>(cast_op<T>{}, in_lanes<L>(value<K, n.a, L>(g, c, locals)));
  write_lanes<K, n.access(), L>(g, c, locals, all);
}

template <class K, ir::node_id N, class L, class G, class Locals>
TENON_CUDA_INLINE void store_lanes(G& g, counters<K> const& c, Locals const& locals) {
  constexpr ir::node n = node_of<K, N>;
  if constexpr (!address_varies<K, n.access(), L::axis>) {
    // Many lanes are put together in one element.
    store_lane_by_lane<K, N, L>(g, c, locals);
  } else if constexpr (goes_ahead<K, N>) {
    if (stores_here<K, N>(g)) copy_lanes<K, N, L>(g, c, locals);
  } else if constexpr (n.b == ir::node_id::none) {
    if (stores_here<K, N>(g)) store_together<K, N, L>(g, c, locals);
  } else {
    // All lanes are inside almost everywhere; the last ones go one by one.
    if (!stores_here<K, N>(g)) return;
    if (all_of<L>(value<K, n.b, L>(g, c, locals))) store_together<K, N, L>(g, c, locals);
    else store_lane_by_lane<K, N, L>(g, c, locals);
  }
}

/// Stores that see what was there before any of them: the values of all are there before the last store, which is the first made.
template <class K, ir::node_id Rest, class G, class Locals>
TENON_CUDA_INLINE void stores_at_once(G& g, counters<K> const& c, Locals const& locals) {
  if constexpr (Rest != ir::node_id::none) {
    constexpr ir::node n = node_of<K, Rest>;
    constexpr ir::node_id one = n.what == ir::op::block ? n.a : Rest;
    constexpr ir::node_id next = n.what == ir::op::block ? n.b : ir::node_id::none;
    constexpr ir::node s = node_of<K, one>;
    using T = element_in<K, buffer_of<K, s.access()>>;
    bool holds = true;
    if constexpr (s.b != ir::node_id::none) holds = value<K, s.b, one_lane>(g, c, locals);
    T v{};
    if (holds) v = compiled::scalar_cast<T>(value<K, s.a, one_lane>(g, c, locals));
    stores_at_once<K, next>(g, c, locals);
    if (holds && stores_here<K, one>(g)) write_one<K, s.access()>(g, c, locals, v);
  }
}

/// Lanes of a warp put their parts together: each has all of them after log2(lanes) exchanges.
template <class K, ir::node_id N, class G, class Locals>
TENON_CUDA_INLINE void join_lanes(G& g, counters<K> c, Locals const& locals) {
  constexpr join_of_lanes j = join_in<K, N>;
  c.at[slot_of<K, node_of<K, N>.axis()>] = 0;
  if constexpr (j.condition != ir::node_id::none) {
    if (!value<K, j.condition, one_lane>(g, c, locals)) return;
  }
  auto part = read_one<K, j.from>(g, c, locals);
  TENON_CUDA_UNROLL
  for (int apart = j.lanes / 2; apart > 0; apart /= 2) {
    part = compiled::scalar_op<j.what>(part, g.template from_lane<N, j.lanes>(part, apart));
  }
  write_one<K, j.to>(g, c, locals, compiled::scalar_op<j.what>(read_one<K, j.to>(g, c, locals), part));
}

/// Whether a vectorized loop can compute several iterations together: it only stores.
constexpr bool only_stores(ir::program const& p, ir::node_id root) {
  bool plain = true;
  ir::each_statement(p, root, [&](ir::node_id id) {
    plain = plain && (p[id].what == ir::op::store || p[id].what == ir::op::block || p[id].what == ir::op::loop);
  });
  return plain;
}
template <class K, ir::node_id N>
inline constexpr bool stores_only = only_stores(K::program, N);

/// Whether a loop and those in it are written out around an instruction.
template <class K, ir::node_id N>
constexpr bool tiles_stand_at() {
  if constexpr (axis_of<K, N>.kind != ir::loop_kind::unrolled || !any_together<K>) return false;
  else return tiles_in<K, N>.instruction != ir::node_id::none;
}
template <class K, ir::node_id N>
inline constexpr bool is_tile_nest = tiles_stand_at<K, N>();

template <class K, ir::node_id N, class L, class G, class Locals>
TENON_CUDA_INLINE void run_loop(G& g, counters<K> c, Locals const& locals) {
  constexpr ir::node n = node_of<K, N>;
  constexpr ir::axis a = axis_of<K, N>;
  constexpr int place = place_of(a.kind);
  constexpr std::int64_t turns = turns_of<K, N>;
  index_of<K>& at = c.at[slot_of<K, n.axis()>];
  if constexpr (place >= 3) {
    at = g.thread(place - 3);
    if constexpr (turns < threads_in<K, place - 3>) {
      if (at < static_cast<index_of<K>>(turns)) run<K, n.a, L>(g, c, locals);
    } else {
      run<K, n.a, L>(g, c, locals);
    }
  } else if constexpr (place >= 0) {
    at = g.block(place);
    run<K, n.a, L>(g, c, locals);
  } else if constexpr (join_in<K, N>.found) {
    join_lanes<K, N>(g, c, locals);
  } else if constexpr (turns == 1) {
    at = 0;
    run<K, n.a, L>(g, c, locals);
  } else if constexpr (a.kind == ir::loop_kind::vectorized && L::axis == ir::axis_id::none && stores_only<K, n.a>) {
    at = 0;
    run<K, n.a, lanes_of_loop<n.axis(), static_cast<int>(turns)>>(g, c, locals);
  } else if constexpr (is_tile_nest<K, N>) {
    run_tiles<K, N>(g, c, locals);
  } else if constexpr (a.kind == ir::loop_kind::vectorized || a.kind == ir::loop_kind::unrolled) {
    TENON_CUDA_UNROLL
    for (int x = 0; x < static_cast<int>(turns); ++x) {
      at = static_cast<index_of<K>>(x);
      run<K, n.a, L>(g, c, locals);
    }
  } else {
    index_of<K> const extent = index_value<K, a.extent>(g, c, locals);
    TENON_CUDA_ROLL
    for (index_of<K> x = 0; x < extent; ++x) {
      at = x;
      run<K, n.a, L>(g, c, locals);
    }
  }
}

}  // namespace detail

template <class K, ir::node_id N, class L, class G, class Locals>
TENON_CUDA_INLINE void run(G& g, counters<K> c, Locals const& locals) {
  using ir::op;
  constexpr ir::node n = node_of<K, N>;
  if constexpr (n.what == op::store) {
    if constexpr (L::axis == ir::axis_id::none) detail::store_one<K, N>(g, c, locals);
    else detail::store_lanes<K, N, L>(g, c, locals);
  } else if constexpr (n.what == op::loop) {
    detail::run_loop<K, N, L>(g, c, locals);
  } else if constexpr (n.what == op::block) {
    run<K, n.a, L>(g, c, locals);
    run<K, n.b, L>(g, c, locals);
  } else if constexpr (n.what == op::allocate) {
    constexpr layout::place at = place_at<K, n.buffer()>;
    if constexpr (at.kind == storage::thread) {
      using memory = elements<element_in<K, n.buffer()>, static_cast<int>(at.count)>;
      memory here;
      run<K, n.a, L>(g, c, local<n.buffer(), memory, Locals>{&here, locals});
    } else {
      run<K, n.a, L>(g, c, locals);
    }
  } else if constexpr (n.what == op::together) {
    detail::stores_at_once<K, n.a>(g, c, locals);
  } else if constexpr (n.what == op::when) {
    if (value<K, n.a, one_lane>(g, c, locals)) {
      if constexpr (n.b != ir::node_id::none) run<K, n.b, L>(g, c, locals);
    } else {
      if constexpr (n.c != ir::node_id::none) run<K, n.c, L>(g, c, locals);
    }
  } else if constexpr (n.what == op::barrier) {
    g.template barrier<N>();
  } else if constexpr (n.what == op::tensorized) {
    detail::run_together<K, N>(g, c, locals);
  } else if constexpr (n.what == op::ahead) {
    run<K, n.a, L>(g, c, locals);
    g.end_group();
  } else if constexpr (n.what == op::wait) {
    g.template wait<static_cast<int>(n.value)>();
  } else {
    static_assert(n.what == op::prefetch, "a statement that no kernel on a GPU has");
  }
}

/// What one thread of kernel K does.
template <class K, class G>
TENON_CUDA_INLINE void run_thread(G& g) {
  counters<K> const c{};
  run<K, root_of<K>, one_lane>(g, c, no_locals{});
}

}  // namespace tenon::cuda
