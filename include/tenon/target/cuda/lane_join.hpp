#pragma once

#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/target/cuda/grid.hpp>

namespace tenon::cuda {

/// A loop that puts together what the lanes of a warp hold, one element each: `for k: sum += part[k]`.
struct join_of_lanes {
  bool found = false;
  ir::op what = ir::op::nothing;          // how two elements are put together
  ir::access_id to = ir::access_id::none;    // the sum
  ir::access_id from = ir::access_id::none;  // the parts
  ir::node_id condition = ir::node_id::none;
  int dimension = 0;  // of the parts: the one that counts lanes
  int lanes = 0;
};

namespace detail {

constexpr bool is_join_op(ir::op what) {
  return what == ir::op::add || what == ir::op::mul || what == ir::op::min || what == ir::op::max ||
         what == ir::op::logical_and || what == ir::op::logical_or || what == ir::op::bit_and ||
         what == ir::op::bit_or || what == ir::op::bit_xor;
}

constexpr bool same_element(ir::program const& p, ir::access_id a, ir::access_id b) {
  if (p[a].of != p[b].of) return false;
  for (int d = 0; d < p[a].rank; ++d) {
    if (!ir::same_value(p, p[a].at[d], p[b].at[d])) return false;
  }
  return true;
}

}  // namespace detail

/// The join that the loop at `id` is, if it runs once for each thread_x of a block, of which there are 2, 4, 8, 16 or 32.
constexpr join_of_lanes lane_join_at(ir::program const& p, ir::node_id id, grid const& g) {
  ir::node const& loop = p[id];
  ir::axis const& a = p[loop.axis()];
  if (a.kind != ir::loop_kind::serial && a.kind != ir::loop_kind::unrolled) return {};
  std::int64_t const turns = ir::constant_or(p, a.extent, 0);
  if (turns != g.threads[0] || turns < 2 || turns > 32 || (turns & (turns - 1)) != 0) return {};
  ir::node const& store = p[loop.a];
  if (store.what != ir::op::store || store.reduction() == ir::reduction_id::none) return {};
  ir::node const& update = p[store.a];
  if (!detail::is_join_op(update.what)) return {};
  ir::node const& old = p[update.a];
  ir::node const& part = p[update.b];
  if (old.what != ir::op::load || part.what != ir::op::load) return {};
  if (!detail::same_element(p, old.access(), store.access())) return {};
  if (p[p[part.access()].of].use != ir::role::temporary || p[p[old.access()].of].use != ir::role::temporary) return {};
  if (store.b != ir::node_id::none && ir::depends_on(p, store.b, loop.axis())) return {};
  for (int d = 0; d < p[old.access()].rank; ++d) {
    if (ir::depends_on(p, p[old.access()].at[d], loop.axis())) return {};
  }
  int counted = 0;
  int dimension = 0;
  ir::access const& from = p[part.access()];
  for (int d = 0; d < from.rank; ++d) {
    ir::node const& index = p[from.at[d]];
    if (index.what == ir::op::counter && index.axis() == loop.axis()) {
      ++counted;
      dimension = d;
    } else if (ir::depends_on(p, from.at[d], loop.axis())) {
      return {};
    }
  }
  if (counted != 1) return {};
  return {.found = true,
          .what = update.what,
          .to = store.access(),
          .from = part.access(),
          .condition = store.b,
          .dimension = dimension,
          .lanes = static_cast<int>(turns)};
}

}  // namespace tenon::cuda
