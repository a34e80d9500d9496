#pragma once

#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
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
    if (s.along_sum && lanes > 1 && s.reduced.size() >= 1) {
      ir::axis_id const k = s.reduced.back();
      std::int64_t const extent = extent_of(k);
      std::int64_t const factor = 4 * lanes;
      if (extent >= 2 * factor && extent % factor == 0) {
        nested_loop<3> const name = name_of(k);
        made += split(name, factor);
        made += rfactor(name.inner);
        made += vectorize(name.inner);
      }
    }
    spread(s);
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

  constexpr void register_tile(stage_outline const& s, int lanes) {
    ir::axis_id const last = s.spatial.back();
    nested_loop<3> const j = name_of(last);
    std::int64_t const columns = extent_of(last);
    std::int64_t wide = 2 * lanes;
    bool const splits_columns = columns < 0 || columns > wide;
    if (!splits_columns) wide = columns;
    if (splits_columns) made += split(j, wide, tail_of(last, wide));

    step order{.what = action::reorder};
    bool has_rows = s.spatial.size() > 1;
    bool splits_rows = false;
    nested_loop<3> i{};
    if (has_rows) {
      ir::axis_id const row = s.spatial[s.spatial.size() - 2];
      i = name_of(row);
      std::int64_t const tall = factor_near(row, target.vector_registers >= 32 ? 12 : 6);
      splits_rows = extent_of(row) < 0 || extent_of(row) > tall;
      if (splits_rows) made += split(i, tall, tail_of(row, tall));
    }
    for (std::size_t n = 0; n + 2 < s.spatial.size(); ++n) order.loops.push_back(name_of(s.spatial[n]));
    if (splits_rows) order.loops.push_back(i.outer);
    if (splits_columns) order.loops.push_back(j.outer);
    loop_name outermost = order.loops.empty() ? loop_name{} : order.loops[0];
    for (ir::axis_id k : s.reduced) order.loops.push_back(name_of(k));
    if (has_rows) order.loops.push_back(splits_rows ? loop_name(i.inner) : loop_name(i));
    order.loops.push_back(splits_columns ? loop_name(j.inner) : loop_name(j));
    made += order;
    if (has_rows) made += unroll(splits_rows ? loop_name(i.inner) : loop_name(i));
    made += vectorize(splits_columns ? loop_name(j.inner) : loop_name(j));
    if (!outermost.loop.empty() && is_worth_spreading(s)) made += parallel(outermost);
  }

  ir::program const& p;
  cpu_target const& target;
  static_vector<stage_outline, 12> stages{};
  int pending = 0;
  schedule made{};
};

}  // namespace detail

/// A schedule for an operator that has none: vectors along the last axis, a tile of results in registers under a sum,
/// the outermost loop in parallel where there is work for it.
constexpr schedule default_schedule(ir::program const& staged, cpu_target const& target) {
  return detail::default_scheduler{staged, target}.make();
}

}  // namespace tenon::lower
