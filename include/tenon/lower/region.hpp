#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/span.hpp>

/// Which part of a tensor some statements touch, seen from outside of their loops.
namespace tenon::lower {

/// The part of a tensor that some accesses touch: a span for each dimension, in the tensor's own indices.
struct region {
  int rank = 0;
  bool touched = false;
  bool apart[ir::max_rank]{};    // the accesses lie apart by an amount that is no number
  bool unclear[ir::max_rank]{};  // an index is no sum of counters: it may be anywhere
  span at[ir::max_rank]{};
};

enum class touching : std::uint8_t { reads, writes, both };

/// What the statements under `root` touch of `tensor` while the axes in `inner` run.
constexpr region region_of(ir::program& p, ir::buffer_id tensor, ir::node_id root, axis_set const& inner,
                           touching how = touching::reads) {
  static_vector<ir::access_id, 64> accesses{};
  auto const note = [&](ir::access_id id) {
    if (p[id].of != tensor) return;
    for (ir::access_id seen : accesses) {
      if (seen == id) return;
    }
    accesses.push_back(id);
  };
  ir::each_statement(p, root, [&](ir::node_id s) {
    if (p[s].what == ir::op::store && how != touching::reads) note(p[s].access());
    if (how == touching::writes) return;
    ir::each_value_of(p, s, [&](ir::node_id id) {
      if (p[id].what == ir::op::load) note(p[id].access());
    });
  });
  region all{.rank = p[tensor].rank, .touched = !accesses.empty()};
  auto const cover = [&](int d, bool loose) {
    span covered{};
    for (ir::access_id id : accesses) {
      ir::linear index = ir::linear_of(p, p[id].at[d]);
      if (p[tensor].origin[d] != ir::node_id::none) index = ir::add(p, index, ir::linear_of(p, p[tensor].origin[d]));
      span const here = span_of(p, index, inner, loose);
      all.unclear[d] = !here.known;
      if (!here.known) return;
      covered = covered.known ? either(p, covered, here) : here;
      all.apart[d] = !covered.known;
      if (!covered.known) return;
    }
    all.at[d] = covered;
  };
  for (int d = 0; d < all.rank; ++d) {
    cover(d, false);
    if (all.apart[d]) cover(d, true);
    if (all.unclear[d]) {
      // The extent of a part says nothing about the tensor.
      all.apart[d] |= p[tensor].origin[d] != ir::node_id::none;
      all.at[d] = {.known = true, .excess = ir::linear_of(p, p[tensor].extents[d])};
      all.at[d].excess.constant -= 1;
    }
  }
  return all;
}

/// The tensor's buffer keeps only the region: it shrinks (or grows) to it, and every access counts from its first element.
constexpr void narrow(ir::program& p, ir::buffer_id tensor, region const& to) {
  ir::linear moved[ir::max_rank]{};
  for (int d = 0; d < to.rank; ++d) {
    moved[d] = to.at[d].low;
    if (p[tensor].origin[d] != ir::node_id::none) {
      moved[d] = ir::add(p, moved[d], ir::linear_of(p, p[tensor].origin[d]), -1);
    }
    ir::linear width = to.at[d].excess;
    width.constant += 1;
    ir::node_id const extent = ir::add_linear(p, width);
    ir::node_id const origin = to.at[d].low == ir::linear{} ? ir::node_id::none : ir::add_linear(p, to.at[d].low);
    p[tensor].extents[d] = extent;
    p[tensor].origin[d] = origin;
  }
  for (std::size_t n = 1; n < p.accesses.size(); ++n) {
    if (p.accesses[n].of != tensor) continue;
    for (int d = 0; d < to.rank; ++d) {
      if (moved[d] == ir::linear{}) continue;
      ir::node_id const index = ir::add_linear(p, ir::add(p, ir::linear_of(p, p.accesses[n].at[d]), moved[d], -1));
      p.accesses[n].at[d] = index;
    }
  }
}

/// Whether the part is the whole of a dimension with that extent.
constexpr bool is_whole(ir::program const& p, span const& part, ir::node_id extent) {
  ir::linear width = part.excess;
  width.constant += 1;
  return part.low == ir::linear{} && ir::add(p, width, ir::linear_of(p, extent), -1) == ir::linear{};
}

}  // namespace tenon::lower
