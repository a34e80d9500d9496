#pragma once

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/extent.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

/// Says that the caches filled in each turn of a loop are filled ahead. The target carries it out.
///
///     for k in 0..n     =>     pipelined for k in 0..n
///
/// Needs: a serial loop of constant extent in which something is cached; 2 to 8 stages.
/// Keeps: every iteration.
constexpr ir::program pipeline_loop(ir::program p, step const& s) {
  named_axes const found = find_axes(p, s, s.loops[0]);
  if (found.refused) return ir::refuse(p, found.refused.sentence);
  std::int64_t const stages = s.numbers[0];
  if (stages < 2 || stages > 8) {
    return ir::refuse(p, text{} << s << ": copies for " << stages << " turns are too " << (stages < 2 ? "few" : "many")
                                << " to keep; take 2 to 8, such as 2");
  }
  bool fills = false;
  for (ir::axis_id id : found.axes) {
    ir::axis const& a = p[id];
    if (a.kind != ir::loop_kind::serial) {
      return ir::refuse(p, text{} << s << ": the turns of " << a.name
                                  << " do not run one after another; take back its mark with serial(" << a.name << ")");
    }
    if (!ir::is_constant(p, a.extent)) {
      return ir::refuse(p, text{} << s << ": " << a.name << " runs " << written_extent(p, a.extent)
                                  << " times, which only a kernel's caller knows; split it by a constant, and take "
                                  << a.name.part("inner"));
    }
  }
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what != ir::op::loop) return;
    bool named = false;
    for (ir::axis_id a : found.axes) named |= p[id].axis() == a;
    fills |= named && p[p[id].a].what == ir::op::allocate && !p[p[p[id].a].buffer()].accumulates;
  });
  if (!fills) {
    return ir::refuse(p, text{} << s << ": no cache is filled in each turn of " << s.loops[0] << "; cache(x, "
                                << s.loops[0] << ", space::shared) makes one");
  }
  for (ir::axis_id id : found.axes) p[id].stages = static_cast<std::int8_t>(stages);
  return p;
}

}  // namespace tenon::lower
