#pragma once

#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>

/// Which run-time extents are not 0, because something runs as often as they say.
namespace tenon::analysis {

/// Calls `visit(parameter)` for the run-time extents that are at least 1 wherever a loop of this extent runs: those that it
/// grows with, and where it is 0 if they are.
template <class Visit>
constexpr void each_positive(ir::program const& p, ir::node_id extent, Visit const& visit) {
  ir::node const& n = p[extent];
  switch (n.what) {
    case ir::op::constant: return;
    case ir::op::parameter: return visit(n.parameter());
    case ir::op::min: each_positive(p, n.a, visit); return each_positive(p, n.b, visit);
    case ir::op::max: return ir::is_constant(p, n.b, 0) ? each_positive(p, n.a, visit) : void();
    default: break;
  }
  bool const rest = n.what == ir::op::floor_mod;
  bool const divided = rest || n.what == ir::op::floor_div;
  std::int64_t const by = divided ? ir::constant_or(p, n.b, 0) : 1;
  if (by < 1) return;
  ir::linear const over = ir::linear_of(p, divided ? n.a : extent);
  if (over.terms.size() != 1 || over.terms[0].factor < 1 || (rest ? over.constant != 0 : over.constant >= by)) return;
  ir::node_id const atom = over.terms[0].atom;
  if (atom != extent) return each_positive(p, atom, visit);
  if (n.what != ir::op::mul) return;
  // Fused loops: each of them runs. Sums may be negative, both of them.
  for (ir::node_id id : {n.a, n.b}) {
    if (p[id].what == ir::op::add || p[id].what == ir::op::sub) return;
  }
  each_positive(p, n.a, visit);
  each_positive(p, n.b, visit);
}

/// Run-time extents that are at least 1 where something stands.
class positive {
 public:
  /// Inside of a loop over the axis.
  constexpr void enter(ir::program const& p, ir::axis_id a) {
    each_positive(p, p[a].extent, [&](ir::parameter_id e) { bits |= bit(e); });
  }
  /// Wherever the value is needed: the loops that it counts run.
  constexpr void note(ir::program const& p, ir::node_id value) {
    if (p.parameters.size() > 1 && value != ir::node_id::none) walk(p, value);
  }
  constexpr bool operator[](ir::parameter_id id) const { return (bits & bit(id)) != 0; }

 private:
  static_assert(decltype(ir::program::parameters)::capacity <= 32);
  static constexpr std::uint32_t bit(ir::parameter_id id) { return std::uint32_t{1} << static_cast<unsigned>(id); }

  constexpr void walk(ir::program const& p, ir::node_id value) {
    ir::node const& n = p[value];
    if (n.what == ir::op::counter) return enter(p, n.axis());
    for (ir::node_id part : {n.a, n.b, n.c}) {
      if (part != ir::node_id::none) walk(p, part);
    }
  }

  std::uint32_t bits = 0;
};

}  // namespace tenon::analysis
