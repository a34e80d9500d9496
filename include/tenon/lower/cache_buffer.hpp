#pragma once

#include <tenon/lower/cache_reads.hpp>
#include <tenon/lower/cache_region.hpp>
#include <tenon/lower/cache_writes.hpp>
#include <tenon/lower/find_loops.hpp>
#include <tenon/lower/machine.hpp>

namespace tenon::lower {

/// Keeps what one turn of a loop reads of a tensor, or writes to it, in a copy of its own: `x.cache`.
///
///     for at                    for at
///       for i, j                  for i, j: x.cache[i, j] = x[at*8 + i, j]
///         S(x[at*8 + i, j])  =>   for i, j
///                                   S(x.cache[i, j])
///
/// Needs: a tensor that lives outside the loop and is used at places that are sums of loops.
/// Keeps: every value. Elements outside the tensor, which a tail may ask for and never uses, are zero in the copy.
constexpr ir::program cache_buffer(ir::program p, step const& s, machine const& on = {}) {
  if (text const why = refuse_memory(s, on); !why.empty()) return ir::refuse(p, why);
  ir::buffer_id const of = find_buffer(p, s.tensor);
  if (of == ir::buffer_id::none) return refuse_unknown_tensor(p, s);
  named_loops const at = find_loops(p, s, s.loops[0]);
  if (at.refused) return ir::refuse(p, at.refused.sentence);

  ir::buffer_id made = ir::buffer_id::none;
  for (ir::node_id loop : at.loops) {
    bool read = false, written = false, lives_inside = false;
    value_walk(p, [&](ir::node_id id) {
      read |= p[id].what == ir::op::load && p[p[id].access()].of == of;
    }).statements(p[loop].a);
    ir::each_statement(p, p[loop].a, [&](ir::node_id id) {
      written |= p[id].what == ir::op::store && p[p[id].access()].of == of;
      lives_inside |= p[id].what == ir::op::allocate && p[id].buffer() == of;
    });
    if (!read && !written) continue;
    if (lives_inside) {
      return ir::refuse(p, text{} << s << ": " << s.tensor << " lives inside " << s.loops[0]
                                  << " as it is; name a loop inside which it is only used");
    }
    cache_site site(p, s, of, loop);
    site.made = made;
    if (written && s.loops.size() == 1) {
      return ir::refuse(p, text{} << s << ": " << s.tensor << " is written inside " << s.loops[0]
                                  << "; say which loops number the copy: cache(" << s.tensor << ", " << s.loops[0]
                                  << ", order(...))");
    }
    if (written) cache_writes(p, site);
    else if (s.loops.size() > 1) cache_reads(p, site);
    else cache_region(p, site);
    if (p.refused) return p;
    made = site.made;
  }
  if (made == ir::buffer_id::none) {
    return ir::refuse(p, text{} << s << ": nothing inside " << s.loops[0] << " reads or writes " << s.tensor
                                << "; name a loop around its use");
  }
  return p;
}

}  // namespace tenon::lower
