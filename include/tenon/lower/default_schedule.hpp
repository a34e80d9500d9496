#pragma once

#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/ir/uses.hpp>
#include <tenon/schedule/cache.hpp>
#include <tenon/schedule/compute_inline.hpp>
#include <tenon/schedule/parallel.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/rfactor.hpp>
#include <tenon/schedule/schedule.hpp>
#include <tenon/schedule/split.hpp>
#include <tenon/schedule/target.hpp>
#include <tenon/schedule/unroll.hpp>
#include <tenon/schedule/vectorize.hpp>

namespace tenon::lower {

namespace detail {

/// One stage of a staged program, as far as a schedule for it needs to know.
struct stage_outline {
  ir::buffer_id tensor = ir::buffer_id::none;
  static_vector<ir::axis_id, 16> spatial{};   // outermost first
  static_vector<ir::axis_id, 16> reduced{};
  static_vector<ir::access_id, 12> operands{};
  int accumulators = 0;
  bool along_last = false;   // some operand lies along the last spatial axis
  bool along_sum = false;    // some operand lies along the last reduction axis
  bool has_calls = false;
};

class default_scheduler {
 public:
  constexpr default_scheduler(ir::program const& program, cpu_target const& t) : p(program), target(t) {}

  constexpr schedule make() {
    collect();
    for (stage_outline const& s : stages) {
      if (is_inlined(s)) continue;
      if (s.reduced.empty()) elementwise(s);
      else reduction(s);
    }
    return made;
  }

 private:
  constexpr void collect() {
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      ir::node const& n = p[id];
      if (n.what == ir::op::loop) {
        stage_outline& s = outline_of(p[n.axis()].stage);
        (p[n.axis()].reduces ? s.reduced : s.spatial).push_back(n.axis());
      } else if (n.what == ir::op::allocate && p[n.buffer()].accumulates && !stages.empty()) {
        ++pending;
      } else if (n.what == ir::op::store && !stages.empty()) {
        look_at(n);
      }
    });
    for (stage_outline const& s : stages) { made += inlining(s); }
  }

  constexpr stage_outline& outline_of(ir::buffer_id tensor) {
    for (stage_outline& s : stages) {
      if (s.tensor == tensor) return s;
    }
    return stages.push_back({.tensor = tensor});
  }

  constexpr void look_at(ir::node const& store) {
    stage_outline& s = stages.back();
    s.accumulators += pending;
    pending = 0;
    ir::each_value(p, store.a, [&](ir::node_id id) {
      ir::node const& n = p[id];
      s.has_calls |= n.what == ir::op::call;
      if (n.what != ir::op::load) return;
      ir::access const& a = p[n.access()];
      if (a.rank == 0) return;
      if (!s.operands.full()) s.operands.push_back(n.access());
      ir::linear const last = ir::linear_of(p, a.at[a.rank - 1]);
      s.along_last |= !s.spatial.empty() && ir::factor_of(p, last, s.spatial.back()) == 1;
      s.along_sum |= !s.reduced.empty() && ir::factor_of(p, last, s.reduced.back()) == 1;
    });
  }

  /// A tensor between stages that is cheap to compute again where it is read.
  constexpr bool is_inlined(stage_outline const& s) const {
    if (p[s.tensor].use != ir::role::temporary || !s.reduced.empty()) return false;
    int loads = 0;
    bool costly = false;
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      ir::node const& n = p[id];
      bool const own = n.what == ir::op::store && p[n.access()].of == s.tensor;
      ir::each_value_of(p, id, [&](ir::node_id v) {
        ir::op const what = p[v].what;
        loads += what == ir::op::load && p[p[v].access()].of == s.tensor;
        costly |= own && (what == ir::op::math || what == ir::op::call);
      });
    });
    return loads == 1 || (!costly && loads <= 4);
  }
  constexpr schedule inlining(stage_outline const& s) const {
    schedule one{};
    if (is_inlined(s)) one += compute_inline(tensor_name{p[s.tensor].name});
    return one;
  }

  constexpr std::int64_t extent_of(ir::axis_id a) const { return ir::constant_or(p, p[a].extent, -1); }
  constexpr std::int64_t divisor_of(ir::axis_id a) const {
    ir::node const& n = p[p[a].extent];
    return n.what == ir::op::parameter ? p[n.parameter()].divisor : 1;
  }
  constexpr nested_loop<3> name_of(ir::axis_id a) const {
    return nested_loop<3>(loop_name{p[p[a].stage].name, p[a].name});
  }

  constexpr tail tail_of(ir::axis_id a, std::int64_t factor) const {
    std::int64_t const extent = extent_of(a);
    return (extent < 0 ? divisor_of(a) : extent) % factor == 0 ? tail::exact : tail::peel;
  }

  /// Lanes of the widest element that the stage stores.
  constexpr int lanes_of(stage_outline const& s) const {
    int const bytes = ir::bytes_of(p[s.tensor].type) < 4 && !s.reduced.empty() ? 4 : ir::bytes_of(p[s.tensor].type);
    return target.vector_bytes > bytes ? target.vector_bytes / bytes : 1;
  }

  constexpr void elementwise(stage_outline const& s) {
    if (s.spatial.empty()) return;
    ir::axis_id const last = s.spatial.back();
    nested_loop<3> const j = name_of(last);
    std::int64_t const extent = extent_of(last);
    int const lanes = lanes_of(s);
    loop_name outermost = name_of(s.spatial[0]);
    if (s.has_calls || lanes == 1) {
      // One element at a time.
    } else if (extent >= 0 && extent < 2 * lanes) {
      if (extent > 1) made += vectorize(j);
      if (s.spatial.size() == 1) return;
    } else {
      std::int64_t factor = 4 * lanes;
      while (extent >= 0 && factor > extent) factor /= 2;
      made += split(j, factor, tail_of(last, factor));
      made += vectorize(j.inner);
      if (s.spatial.size() == 1) {
        // Tasks are large, so that handing them out costs nothing.
        std::int64_t const task = 256;
        if (extent >= 0 && extent / factor < 4 * task) return;
        if (extent < 0 || tail_of(last, factor) != tail::exact || extent / factor % task != 0) return;
        made += split(j.outer, task);
        made += parallel(j.outer.outer);
        return;
      }
    }
    if (s.spatial.size() > 1 && is_worth_spreading(s)) made += parallel(outermost);
  }

  constexpr bool is_worth_spreading(stage_outline const& s) const {
    std::int64_t work = 1;
    for (ir::axis_id a : s.spatial) work *= extent_of(a) < 0 ? 256 : extent_of(a);
    for (ir::axis_id a : s.reduced) work *= extent_of(a) < 0 ? 256 : extent_of(a);
    std::int64_t const turns = extent_of(s.spatial[0]);
    return work >= 65536 && (turns < 0 || turns >= 2);
  }

  /// A tile of the result stays in registers while the sum runs over it.
  constexpr void reduction(stage_outline const& s) {
    if (s.accumulators != 1 || s.has_calls) return spread(s);
    int const lanes = lanes_of(s);
    if (s.along_last && !s.spatial.empty() && lanes > 1) return register_tile(s, lanes);
    for (ir::access_id operand : s.operands) {
      if (lanes > 1 && is_worth_packing(s, operand)) return packed_tile(s, lanes, operand);
    }
    ir::axis_id const k = s.reduced.back();
    if (s.along_sum && lanes > 1 && (extent_of(k) < 0 || extent_of(k) >= lanes)) sum_in_lanes(k, lanes);
    spread(s);
  }
  /// Each lane has a sum of its own, and they are added up in the end.
  constexpr void sum_in_lanes(ir::axis_id k, int lanes) {
    std::int64_t const extent = extent_of(k);
    std::int64_t const factor = extent >= 0 && extent < 16 * lanes ? lanes : 4 * lanes;
    nested_loop<3> const name = name_of(k);
    made += split(name, factor, tail_of(k, factor) == tail::exact ? tail::exact : tail::guard);
    made += rfactor(name.inner);
    made += vectorize(name.inner);
    made += vectorize(loop_name{name.inner.stage, name.inner.loop.part("join")});
  }
  constexpr void spread(stage_outline const& s) {
    if (!s.spatial.empty() && is_worth_spreading(s)) made += parallel(name_of(s.spatial[0]));
  }

  /// A factor near `wanted` that divides the extent, if there is one; else `wanted`, and a tail.
  constexpr std::int64_t factor_near(ir::axis_id a, std::int64_t wanted) const {
    std::int64_t const extent = extent_of(a);
    if (extent < 0) return wanted;
    if (extent <= wanted) return extent;
    for (std::int64_t f = wanted; 2 * f > wanted; --f) {
      if (extent % f == 0) return f;
    }
    return wanted;
  }

  /// Where a loop that may have been split is to stand.
  struct tiled_axis {
    nested_loop<3> loop{};
    bool is_split = false;
    constexpr loop_name inner() const { return is_split ? loop_name(loop.inner) : loop_name(loop); }
  };
  constexpr tiled_axis tiled(ir::axis_id a, std::int64_t factor) {
    tiled_axis const t{name_of(a), extent_of(a) < 0 || extent_of(a) > factor};
    if (t.is_split) made += split(t.loop, factor, tail_of(a, factor));
    return t;
  }
  constexpr std::int64_t rows_in_tile(ir::axis_id row) const {
    return factor_near(row, target.vector_registers >= 32 ? 12 : 6);
  }

  constexpr void register_tile(stage_outline const& s, int lanes) {
    tiled_axis const j = tiled(s.spatial.back(), 2 * lanes);
    bool const has_rows = s.spatial.size() > 1;
    tiled_axis i{};
    if (has_rows) {
      ir::axis_id const row = s.spatial[s.spatial.size() - 2];
      i = tiled(row, rows_in_tile(row));
    }
    step order{.what = action::reorder};
    for (std::size_t n = 0; n + 2 < s.spatial.size(); ++n) order.loops.push_back(name_of(s.spatial[n]));
    if (i.is_split) order.loops.push_back(i.loop.outer);
    if (j.is_split) order.loops.push_back(j.loop.outer);
    loop_name const outermost = order.loops.empty() ? loop_name{} : order.loops[0];
    for (ir::axis_id k : s.reduced) order.loops.push_back(name_of(k));
    if (has_rows) order.loops.push_back(i.inner());
    order.loops.push_back(j.inner());
    made += order;
    if (has_rows) made += unroll(i.inner());
    made += vectorize(j.inner());
    if (!outermost.loop.empty() && is_worth_spreading(s)) made += parallel(outermost);
  }

  /// An operand that has the columns as rows, as the weights of a layer often lie: each index is one counter, and enough rows
  /// of the result read the same elements.
  constexpr bool is_worth_packing(stage_outline const& s, ir::access_id operand) const {
    ir::access const& a = p[operand];
    if (s.spatial.size() < 2 || p[a.of].use != ir::role::input) return false;
    int uses_of_it = 0;
    for (ir::access_id other : s.operands) uses_of_it += p[other].of == a.of;
    if (uses_of_it != 1 || s.operands.full()) return false;
    ir::uses counted{};
    for (int d = 0; d < a.rank; ++d) {
      ir::node const& n = p[a.at[d]];
      if (n.what != ir::op::counter || counted.has(n.axis())) return false;
      counted.add(n.axis());
    }
    for (ir::axis_id k : s.reduced) {
      if (!counted.has(k) || extent_of(k) < 0) return false;
    }
    std::int64_t again = 1;  // how often each element is read
    for (ir::axis_id i : s.spatial) {
      if (!counted.has(i)) again *= extent_of(i) < 0 ? 4 : extent_of(i);
    }
    return counted.has(s.spatial.back()) && !counted.has(s.spatial[s.spatial.size() - 2]) && again >= 4;
  }

  /// As register_tile, with a panel of that operand copied so that the columns lie beside each other.
  constexpr void packed_tile(stage_outline const& s, int lanes, ir::access_id operand) {
    ir::axis_id const last = s.spatial.back();
    ir::axis_id const row = s.spatial[s.spatial.size() - 2];
    nested_loop<3> const j = name_of(last);
    std::int64_t const columns = extent_of(last);
    std::int64_t const wide = columns > 0 && columns < 2 * lanes ? columns : 2 * lanes;
    made += split(j, wide, tail_of(last, wide));

    ir::uses_table uses(p);
    ir::uses const counted = uses.of(operand);
    step order{.what = action::reorder};
    for (ir::axis_id i : s.spatial) {
      if (i != last && counted.has(i)) order.loops.push_back(name_of(i));
    }
    order.loops.push_back(j.outer);
    for (ir::axis_id i : s.spatial) {
      if (!counted.has(i)) order.loops.push_back(name_of(i));
    }
    bool const few_panels = columns >= 0 && columns < 2 * wide && order.loops[0] == loop_name(j.outer);
    loop_name const outermost = order.loops[few_panels ? 1 : 0];
    tensor_name const packed = cached(tensor_name{p[p[operand].of].name});
    step pack{.what = action::cache, .tensor = tensor_name{p[p[operand].of].name}};
    pack.loops.push_back(j.outer);
    for (ir::axis_id k : s.reduced) {
      order.loops.push_back(name_of(k));
      pack.loops.push_back(name_of(k));
    }
    order.loops.push_back(j.inner);
    pack.loops.push_back(j.inner);
    made += order;
    made += pack;
    made += vectorize(j.inner);
    made += vectorize(packed[j.inner]);

    // The rows are split inside of what is packed, so that those left over use the same panels.
    tiled_axis const i = tiled(row, rows_in_tile(row));
    step tile{.what = action::reorder};
    for (ir::axis_id k : s.reduced) tile.loops.push_back(name_of(k));
    tile.loops.push_back(i.inner());
    tile.loops.push_back(j.inner);
    made += tile;
    made += unroll(i.inner());
    if (!is_worth_spreading(s)) return;
    bool const is_row = outermost == loop_name(i.loop);
    made += parallel(is_row && i.is_split ? loop_name(i.loop.outer) : outermost);
  }

  ir::program const& p;
  cpu_target const& target;
  static_vector<stage_outline, 12> stages{};
  int pending = 0;
  schedule made{};
};

}  // namespace detail

/// A schedule for an operator that has none: vectors along the last axis, a tile of results in registers under a sum, an
/// operand that lies across the tile packed, a sum in each lane where nothing lies along the last axis, the outermost loop in
/// parallel where there is work for it.
constexpr schedule default_schedule(ir::program const& staged, cpu_target const& target) {
  return detail::default_scheduler{staged, target}.make();
}

}  // namespace tenon::lower
