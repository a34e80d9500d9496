#pragma once

#include <cstdint>

#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>

namespace tenon::detail {

/// Between which numbers an index stays. Beyond `far` nothing is known.
struct index_range {
  static constexpr std::int64_t far = std::int64_t{1} << 40;
  std::int64_t low = -far;
  std::int64_t high = far;
  bool reached = false;  // both ends are taken, not only never passed
};

constexpr index_range range_of(ir::program const& p, ir::node_id id);

constexpr index_range range_of_atom(ir::program const& p, ir::node_id id) {
  ir::node const& n = p[id];
  switch (n.what) {
    case ir::op::counter: {
      ir::node const& runs = p[p[n.axis()].extent];
      if (runs.what != ir::op::constant) return {.low = 0};
      return {.low = 0, .high = runs.value - 1, .reached = true};
    }
    case ir::op::parameter: return {.low = 0};
    case ir::op::floor_div:
    case ir::op::floor_mod: {
      if (p[n.b].what != ir::op::constant || p[n.b].value <= 0) return {};
      std::int64_t const by = p[n.b].value;
      index_range const of = range_of(p, n.a);
      bool const low = of.low > -index_range::far;
      bool const high = of.high < index_range::far;
      if (n.what == ir::op::floor_mod) {
        return low && high && of.low >= 0 && of.high < by ? of : index_range{.low = 0, .high = by - 1};
      }
      return {.low = low ? ir::floor_div(of.low, by) : -index_range::far,
              .high = high ? ir::floor_div(of.high, by) : index_range::far};
    }
    case ir::op::min:
    case ir::op::max: {
      index_range const a = range_of(p, n.a);
      index_range const b = range_of(p, n.b);
      if (n.what == ir::op::min) {
        return {.low = a.low < b.low ? a.low : b.low, .high = a.high < b.high ? a.high : b.high};
      }
      return {.low = a.low < b.low ? b.low : a.low, .high = a.high < b.high ? b.high : a.high};
    }
    default: return {};
  }
}

/// The range of an index of the language: exact for sums of axes, else on the safe side.
constexpr index_range range_of(ir::program const& p, ir::node_id id) {
  if (p[id].what == ir::op::counter) return range_of_atom(p, id);
  ir::linear const sum = ir::linear_of(p, id);
  index_range all{.low = sum.constant, .high = sum.constant, .reached = true};
  for (ir::linear::term const& t : sum.terms) {
    if (t.atom == id) return range_of_atom(p, id);
    index_range const atom = range_of_atom(p, t.atom);
    std::int64_t const from = t.factor > 0 ? atom.low : atom.high;
    std::int64_t const to = t.factor > 0 ? atom.high : atom.low;
    bool const low = all.low > -index_range::far && from > -index_range::far && from < index_range::far;
    bool const high = all.high < index_range::far && to > -index_range::far && to < index_range::far;
    all.low = low ? all.low + t.factor * from : -index_range::far;
    all.high = high ? all.high + t.factor * to : index_range::far;
    all.reached &= atom.reached;
  }
  return all;
}

}  // namespace tenon::detail
