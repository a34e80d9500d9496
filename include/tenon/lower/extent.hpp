#pragma once

#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>

/// What passes ask about extents, which are constants or made of run-time extents.
namespace tenon::lower {

/// A number that divides the extent whatever the run-time extents are: the largest we know.
constexpr std::int64_t known_divisor(ir::program const& p, ir::node_id extent) {
  ir::node const& n = p[extent];
  switch (n.what) {
    case ir::op::constant: return n.value < 0 ? -n.value : n.value;
    case ir::op::parameter: return p[n.parameter()].divisor;
    case ir::op::add:
    case ir::op::sub: return ir::gcd(known_divisor(p, n.a), known_divisor(p, n.b));
    case ir::op::mul: return known_divisor(p, n.a) * known_divisor(p, n.b);
    case ir::op::floor_div: {
      std::int64_t const by = ir::constant_or(p, n.b, 0);
      std::int64_t const whole = known_divisor(p, n.a);
      return by > 0 && whole % by == 0 && whole != 0 ? whole / by : 1;
    }
    default: return 1;
  }
}

constexpr bool divides(ir::program const& p, std::int64_t factor, ir::node_id extent) {
  return known_divisor(p, extent) % factor == 0;
}

/// The extent as a sentence says it: "256", "M", or "a run-time number of".
constexpr text written_extent(ir::program const& p, ir::node_id extent) {
  ir::node const& n = p[extent];
  if (n.what == ir::op::constant) return text{} << n.value;
  if (n.what == ir::op::parameter) return text{} << p[n.parameter()].name;
  return text{"a run-time number of"};
}

}  // namespace tenon::lower
