#pragma once

#include <cstddef>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/elementwise.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/lower/rewrite.hpp>
#include <tenon/lower/stage.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

/// Lets the stage that makes a tensor finish with an elementwise function of it.
///
///     for i in 0..n
///       y[i] = sum(i)                  for i in 0..n
///     for i in 0..n            =>        z[i] = max(sum(i), 0)
///       z[i] = max(y[i], 0)
///
/// Needs: a stage that reads the tensor before it at its own indices, in any order, and nobody else who reads that tensor.
/// Keeps: every value, rounded to the type of the tensor that vanishes. The loops are z's from then on.
constexpr ir::program reverse_inline_stage(ir::program p, step const& s) {
  ir::buffer_id const tensor = find_buffer(p, s.tensor);
  if (tensor == ir::buffer_id::none) return refuse_unknown_tensor(p, s);
  stage const made = find_stage(p, tensor);
  if (!made.found()) return ir::refuse(p, text{} << s << ": no stage computes " << s.tensor << "; leave this step out");
  plain_axes const own = plain_axes_of(p, made);
  bool reduces = false;
  ir::each_statement(p, made.nest, [&](ir::node_id id) { reduces |= p[id].what == ir::op::allocate; });
  if (reduces || !own.plain || !made.at_root) {
    return ir::refuse(
        p, text{} << s << ": " << s.tensor
                  << " is no longer, or never was, one formula in loops of its own; say this step before others about "
                  << s.tensor);
  }
  ir::buffer_id const source = latest_read(p, made);
  if (source == ir::buffer_id::none) {
    return ir::refuse(p, text{} << s << ": " << s.tensor << " reads no other stage; it stands alone");
  }
  label const name = p[source].name;
  if (p[source].use != ir::role::temporary) {
    return ir::refuse(p, text{} << s << ": " << name << ", which " << s.tensor
                                << " reads, is an output and has to be stored; reverse_compute_at(" << s.tensor
                                << ", ...) puts one behind the other");
  }
  ir::buffer_id const other = reader_outside(p, source, made.nest);
  if (other != ir::buffer_id::none) {
    return ir::refuse(p, text{} << s << ": " << name << " is read by " << p[other].name
                                << ", too, and has to be stored; reverse_compute_at(" << s.tensor
                                << ", ...) puts one behind the other");
  }
  matched_axes const match = match_axes(p, made, source, true, own);
  if (!match.matched) {
    return ir::refuse(p, text{} << s << ": " << s.tensor << " does not read " << name
                                << " at exactly the indices that it computes; compute_at(" << name
                                << ", ...) may serve");
  }
  for (int d = 0; d < p[source].rank; ++d) {
    if (!ir::same_value(p, p[match.of_dimension[d]].extent, p[source].extents[d])) {
      return ir::refuse(p, text{} << s << ": " << s.tensor << " is made of a part of " << name
                                  << " only; reverse_compute_at(" << s.tensor << ", ...) puts one behind the other");
    }
  }
  stage const producer = find_stage(p, source);
  if (producer.prefetched) return refuse_prefetched(p, s, name);
  if (!producer.at_root) {
    return ir::refuse(p, text{} << s << ": " << name << " was placed in another loop before; leave that step out");
  }

  ir::node const last = p[made.store];
  take_out(p, made.nest);
  ir::replace(p, producer.allocate, p[producer.allocate].a);
  static_vector<ir::node_id, 64> stores{};
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::store && p[p[id].access()].of == source) stores.push_back(id);
  });
  for (ir::node_id store : stores) {
    ir::access const at = p[p[store].access()];
    ir::node_id const value = ir::add_cast(p, p[source].type, p[store].a);
    rewriter here{p, [&](ir::node_id id) {
                    ir::node const& n = p[id];
                    if (n.what == ir::op::load && p[n.access()].of == source) return value;
                    if (n.what != ir::op::counter) return ir::node_id::none;
                    for (int d = 0; d < at.rank; ++d) {
                      if (match.of_dimension[d] == n.axis()) return at.at[d];
                    }
                    return ir::node_id::none;
                  }};
    ir::access_id const to = here.access(last.access());
    ir::node_id const result = here.value(last.a);
    p[store].x = static_cast<std::uint16_t>(to);
    p[store].a = result;
  }
  for (ir::axis& a : p.axes) {
    if (a.stage == source) a.stage = tensor;
  }
  return p;
}

}  // namespace tenon::lower
