#pragma once

#include <cstdint>

#include <tenon/target/compiled/scalar_op.hpp>
#include <tenon/target/cuda/execute/memory.hpp>
#include <tenon/target/cuda/execute/scalar_math.hpp>

/// What a node is worth: a number, or a `pack` where neighbouring iterations are computed together and differ.
namespace tenon::cuda {

namespace detail {

template <class V>
TENON_CUDA_INLINE auto lane(V const& v, int q) {
  if constexpr (is_pack<V>) return v.at[q];
  else return v;
}

/// `F` of each lane; of one value if it is the same for all.
template <class L, class F, class... X>
TENON_CUDA_INLINE auto each(F const& f, X const&... x) {
  if constexpr (!(is_pack<X> || ...)) {
    return f(x...);
  } else {
    pack<decltype(f(lane(x, 0)...)), L::count> all;
    TENON_CUDA_UNROLL
    for (int q = 0; q < L::count; ++q) all.at[q] = f(lane(x, q)...);
    return all;
  }
}
/// The value in every lane.
template <class L, class V>
TENON_CUDA_INLINE auto in_lanes(V const& v) {
  if constexpr (is_pack<V>) {
    return v;
  } else {
    pack<V, L::count> all;
    TENON_CUDA_UNROLL
    for (int q = 0; q < L::count; ++q) all.at[q] = v;
    return all;
  }
}

template <ir::op What>
struct binary_op {
  template <class T>
  TENON_CUDA_INLINE auto operator()(T a, T b) const {
    return compiled::scalar_op<What>(a, b);
  }
};
template <ir::op What>
struct unary_op {
  template <class T>
  TENON_CUDA_INLINE T operator()(T a) const {
    return compiled::scalar_op<What>(a);
  }
};
template <class To>
struct cast_op {
  template <class From>
  TENON_CUDA_INLINE To operator()(From a) const {
    return compiled::scalar_cast<To>(a);
  }
};
struct fused_op {
  template <class T>
  TENON_CUDA_INLINE T operator()(T x, T y, T z) const {
    return fused(x, y, z);
  }
};
struct select_op {
  template <class T>
  TENON_CUDA_INLINE T operator()(bool condition, T yes, T no) const {
    return condition ? yes : no;
  }
};
template <ir::math Which, accuracy Precision>
struct math_op {
  template <class T>
  TENON_CUDA_INLINE T operator()(T x, T y) const {
    return scalar_math<Which, Precision>(x, y);
  }
};
struct scale_op {
  template <class A, class M, class S>
  TENON_CUDA_INLINE std::int32_t operator()(A a, M multiplier, S shift) const {
    auto const places = static_cast<int>(shift) & 63;
    std::uint64_t const half = (std::uint64_t{1} << places) >> 1;
    std::uint64_t const product = static_cast<std::uint64_t>(static_cast<std::int64_t>(a)) *
                                  static_cast<std::uint64_t>(static_cast<std::int64_t>(multiplier));
    return static_cast<std::int32_t>(static_cast<std::int64_t>(product + half) >> places);
  }
};

/// Calls the user's function with the numbers in a list.
template <class K, ir::node_id N, ir::node_id Rest, class G, class Locals, class... Values>
TENON_CUDA_INLINE auto call_user(G& g, counters<K> const& c, Locals const& locals, Values... values) {
  if constexpr (Rest == ir::node_id::none) {
    return function_at<node_of<K, N>.x, typename K::functions>::call(values...);
  } else {
    constexpr ir::node n = node_of<K, Rest>;
    return call_user<K, N, n.b>(g, c, locals, values..., value<K, n.a, one_lane>(g, c, locals));
  }
}

/// One lane after another: for what is not evaluated unless it is wanted.
template <class K, ir::node_id N, class L, class G, class Locals>
TENON_CUDA_INLINE auto value_lane_by_lane(G& g, counters<K> const& c, Locals const& locals) {
  pack<ir::cpp_type<node_of<K, N>.type>, L::count> all;
  TENON_CUDA_UNROLL
  for (int q = 0; q < L::count; ++q) all.at[q] = value<K, N, one_lane>(g, in_lane<K, L>(c, q), locals);
  return all;
}

template <class L, class V>
TENON_CUDA_INLINE bool all_of(V const& v) {
  bool all = true;
  TENON_CUDA_UNROLL
  for (int q = 0; q < L::count; ++q) all = all && lane(v, q);
  return all;
}

/// `condition ? yes : no`, where only the side taken is evaluated.
template <class K, ir::node_id N, class L, class G, class Locals>
TENON_CUDA_INLINE auto guarded_value(G& g, counters<K> const& c, Locals const& locals) {
  constexpr ir::node n = node_of<K, N>;
  if constexpr (L::axis == ir::axis_id::none) {
    return value<K, n.a, L>(g, c, locals) ? value<K, n.b, L>(g, c, locals) : value<K, n.c, L>(g, c, locals);
  } else if constexpr (!value_varies<K, n.a, L::axis>) {
    pack<ir::cpp_type<n.type>, L::count> all;
    if (value<K, n.a, one_lane>(g, c, locals)) all = in_lanes<L>(value<K, n.b, L>(g, c, locals));
    else all = in_lanes<L>(value<K, n.c, L>(g, c, locals));
    return all;
  } else {
    pack<ir::cpp_type<n.type>, L::count> all;
    // All lanes take one side almost everywhere; then they are read together.
    if (all_of<L>(value<K, n.a, L>(g, c, locals))) all = in_lanes<L>(value<K, n.b, L>(g, c, locals));
    else all = value_lane_by_lane<K, N, L>(g, c, locals);
    return all;
  }
}

template <class K, ir::node_id N, class L, class G, class Locals>
TENON_CUDA_INLINE auto sum_value(G& g, counters<K> const& c, Locals const& locals) {
  constexpr ir::node n = node_of<K, N>;
  if constexpr (ir::is_float(n.type) && (node_of<K, n.a>.what == ir::op::mul || node_of<K, n.b>.what == ir::op::mul)) {
    // A product and a sum are one operation, rounded once.
    constexpr bool left = node_of<K, n.b>.what != ir::op::mul;
    constexpr ir::node product = node_of<K, (left ? n.a : n.b)>;
    return each<L>(fused_op{}, value<K, product.a, L>(g, c, locals), value<K, product.b, L>(g, c, locals),
                   value<K, (left ? n.b : n.a), L>(g, c, locals));
  } else {
    return each<L>(binary_op<ir::op::add>{}, value<K, n.a, L>(g, c, locals), value<K, n.b, L>(g, c, locals));
  }
}

}  // namespace detail

template <class K, ir::node_id N, class L, class G, class Locals>
TENON_CUDA_INLINE auto value(G& g, counters<K> const& c, Locals const& locals) {
  using ir::op;
  constexpr ir::node n = node_of<K, N>;
  constexpr bool varies = L::axis != ir::axis_id::none && value_varies<K, N, L::axis>;
  if constexpr (L::axis != ir::axis_id::none && !varies) {
    return value<K, N, one_lane>(g, c, locals);
  } else if constexpr (n.what == op::constant) {
    using T = ir::cpp_type<n.type>;
    if constexpr (ir::is_float(n.type)) return static_cast<T>(n.real());
    else return static_cast<T>(n.value);
  } else if constexpr (n.what == op::counter) {
    auto const first = static_cast<std::int64_t>(c.at[slot_of<K, n.axis()>]);
    if constexpr (!varies) {
      return first;
    } else {
      pack<std::int64_t, L::count> all;
      TENON_CUDA_UNROLL
      for (int q = 0; q < L::count; ++q) all.at[q] = first + q;
      return all;
    }
  } else if constexpr (n.what == op::parameter) {
    return g.template parameter<n.x>();
  } else if constexpr (n.what == op::load) {
    if constexpr (varies) return read_lanes<K, n.access(), L>(g, c, locals);
    else return read_one<K, n.access()>(g, c, locals);
  } else if constexpr (n.what == op::cast) {
    return detail::each<L>(detail::cast_op<ir::cpp_type<n.type>>{}, value<K, n.a, L>(g, c, locals));
  } else if constexpr (n.what == op::select) {
    return detail::each<L>(detail::select_op{}, value<K, n.a, L>(g, c, locals), value<K, n.b, L>(g, c, locals),
                           value<K, n.c, L>(g, c, locals));
  } else if constexpr (n.what == op::guarded) {
    return detail::guarded_value<K, N, L>(g, c, locals);
  } else if constexpr (n.what == op::call) {
    if constexpr (varies) return detail::value_lane_by_lane<K, N, L>(g, c, locals);
    else return detail::call_user<K, N, n.a>(g, c, locals);
  } else if constexpr (n.what == op::logical_and || n.what == op::logical_or) {
    if constexpr (varies) return detail::value_lane_by_lane<K, N, L>(g, c, locals);
    else if constexpr (n.what == op::logical_and)
      return value<K, n.a, L>(g, c, locals) && value<K, n.b, L>(g, c, locals);
    else return value<K, n.a, L>(g, c, locals) || value<K, n.b, L>(g, c, locals);
  } else if constexpr (n.what == op::multiply_shift) {
    return detail::each<L>(detail::scale_op{}, value<K, n.a, L>(g, c, locals), value<K, n.b, L>(g, c, locals),
                           value<K, n.c, L>(g, c, locals));
  } else if constexpr (n.what == op::math) {
    using f = detail::math_op<n.function(), static_cast<accuracy>(n.value)>;
    auto const x = value<K, n.a, L>(g, c, locals);
    if constexpr (n.b == ir::node_id::none) return detail::each<L>(f{}, x, x);
    else return detail::each<L>(f{}, x, value<K, n.b, L>(g, c, locals));
  } else if constexpr (n.what == op::add) {
    return detail::sum_value<K, N, L>(g, c, locals);
  } else if constexpr (ir::is_unary(n.what)) {
    return detail::each<L>(detail::unary_op<n.what>{}, value<K, n.a, L>(g, c, locals));
  } else {
    static_assert(ir::is_binary(n.what));
    return detail::each<L>(detail::binary_op<n.what>{}, value<K, n.a, L>(g, c, locals), value<K, n.b, L>(g, c, locals));
  }
}

}  // namespace tenon::cuda
