#pragma once

#include <cstddef>

#include <tenon/ir/build.hpp>
#include <tenon/ir/clone.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/lower/stage.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

/// Puts a stage's formula where its tensor is read.
///
///     for i in 0..n
///       t[i] = x[i] * x[i]            for i in 0..n - 1
///     for i in 0..n - 1         =>      y[i] = x[i] * x[i] + x[i + 1] * x[i + 1]
///       y[i] = t[i] + t[i + 1]
///
/// Needs: a temporary whose stage has no reduction and whose own loops are as the language made them.
/// Keeps: every value, rounded to the tensor's type. What several reads share is computed for each of them.
constexpr ir::program inline_stage(ir::program p, step const& s) {
  ir::buffer_id const tensor = find_buffer(p, s.tensor);
  if (tensor == ir::buffer_id::none) return refuse_unknown_tensor(p, s);
  if (p[tensor].use != ir::role::temporary || p[tensor].accumulates) {
    return ir::refuse(p, text{} << s << ": " << s.tensor << " is no tensor between stages; only such a one can vanish");
  }
  stage const made = find_stage(p, tensor);
  if (!made.found()) return ir::refuse(p, text{} << s << ": no stage computes " << s.tensor << "; leave this step out");
  if (made.prefetched) return refuse_prefetched(p, s, p[tensor].name);
  bool reduces = false;
  ir::each_statement(p, made.nest, [&](ir::node_id id) {
    reduces |= p[id].what == ir::op::allocate || (p[id].what == ir::op::store && p[p[id].access()].of != tensor);
    // After reverse_inline the accumulators around it are called after another stage.
    ir::each_value_of(
        p, id, [&](ir::node_id v) { reduces |= p[v].what == ir::op::load && p[p[p[v].access()].of].accumulates; });
  });
  if (reduces) {
    return ir::refuse(p, text{} << s << ": " << s.tensor
                                << " is more than one formula, it has a reduction or another stage inside; "
                                << "compute_at(" << s.tensor << ", ...) computes it close to its readers");
  }
  plain_axes const own = plain_axes_of(p, made);
  // Where a step left the stage alone in a loop of its reader, that loop was taken apart around it.
  ir::node_id const around = ir::parent_of(p, made.nest);
  if (!own.plain || around == ir::node_id::none || p[around].what != ir::op::block) {
    return ir::refuse(p, text{} << s << ": the loops of " << s.tensor
                                << " were taken apart before; say compute_inline before any other step about them");
  }

  ir::node_id const formula = ir::add_cast(p, p[tensor].type, p[made.store].a);
  take_out(p, made.nest);
  ir::replace(p, made.allocate, p[made.allocate].a);
  bool seen[decltype(p.nodes)::capacity]{};
  static_vector<ir::node_id, 192> loads{};
  ir::each_statement(p, p.root, [&](ir::node_id statement) {
    ir::each_value_of(p, statement, [&](ir::node_id id) {
      ir::node const& n = p[id];
      if (n.what != ir::op::load || p[n.access()].of != tensor || seen[static_cast<std::size_t>(id)]) return;
      seen[static_cast<std::size_t>(id)] = true;
      loads.push_back(id);
    });
  });
  for (ir::node_id load : loads) {
    ir::access const from = p[p[load].access()];
    ir::substitution here{};
    for (int d = 0; d < from.rank; ++d) here.counter(own.axes[static_cast<std::size_t>(d)], from.at[d]);
    // In place, so that whatever used the load uses the formula.
    ir::node_id const value = ir::clone_value(p, formula, here);
    p[load] = p[value];
  }
  return p;
}

}  // namespace tenon::lower
