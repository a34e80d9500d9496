#pragma once

#include <cstddef>

#include <tenon/analysis/races.hpp>
#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>

namespace tenon::lower {

namespace detail {

/// The loops of virtual threads over one axis, moved inwards until they stand around single statements.
class interleaver {
 public:
  constexpr interleaver(ir::program& program, ir::axis_id of) : p(program), axis(of) { find_copied(p.root, false); }

  /// Its counter stays the counter of its loops, of which there is one for each statement from now on.
  constexpr void run(ir::node_id loop) {
    ir::node_id const body = inwards(p[loop].a);
    ir::replace(p, loop, body);
  }

 private:
  /// Buffers that each thread gets one of: those that exist inside loops over this axis and nowhere else.
  constexpr void find_copied(ir::node_id root, bool inside) {
    while (root != ir::node_id::none) {
      ir::node const& n = p[root];
      switch (n.what) {
        case ir::op::loop:
          inside = inside || n.axis() == axis;
          root = n.a;
          break;
        case ir::op::allocate:
          (inside ? within : elsewhere)[n.x] = true;
          root = n.a;
          break;
        case ir::op::block:
          find_copied(n.a, inside);
          root = n.b;
          break;
        case ir::op::when:
          find_copied(n.b, inside);
          root = n.c;
          break;
        default: return;
      }
    }
  }
  constexpr bool is_copied(ir::buffer_id id) const {
    auto const b = static_cast<std::size_t>(id);
    return within[b] && !elsewhere[b] && p[id].rank < ir::max_rank;
  }

  constexpr ir::node_id inwards(ir::node_id id) {
    if (id == ir::node_id::none) return id;
    ir::node const n = p[id];
    switch (n.what) {
      case ir::op::block: {
        ir::node_id const first = inwards(n.a);
        ir::node_id const then = inwards(n.b);
        p[id].a = first;
        p[id].b = then;
        return id;
      }
      case ir::op::loop: {
        // A vectorized loop is one statement to the machine.
        if (p[n.axis()].kind == ir::loop_kind::vectorized) break;
        ir::node_id const body = inwards(n.a);
        p[id].a = body;
        return id;
      }
      case ir::op::allocate: {
        if (!is_copied(n.buffer())) break;
        if (!copied[n.x]) copy_for_each(n.buffer());
        ir::node_id const body = inwards(n.a);
        p[id].a = body;
        return id;
      }
      case ir::op::when: {
        if (differs(n.a)) break;
        ir::node_id const yes = inwards(n.b);
        ir::node_id const no = inwards(n.c);
        p[id].b = yes;
        p[id].c = no;
        return id;
      }
      default: break;
    }
    return ir::add_loop(p, axis, id);
  }

  /// Whether a condition may differ between threads.
  constexpr bool differs(ir::node_id condition) const {
    bool found = false;
    ir::each_value(p, condition, [&](ir::node_id id) {
      ir::node const& n = p[id];
      found |= n.what == ir::op::load || (n.what == ir::op::counter && n.axis() == axis);
    });
    return found;
  }

  /// The buffer gets an outermost dimension, a place for each thread.
  constexpr void copy_for_each(ir::buffer_id id) {
    copied[static_cast<std::size_t>(id)] = true;
    ir::node_id const threads = ir::add_index(p, p[p[axis].extent].value);
    ir::node_id const thread = ir::add_counter(p, axis);
    ir::buffer& b = p[id];
    for (int d = b.rank; d > 0; --d) {
      b.extents[d] = b.extents[d - 1];
      b.padding[d] = b.padding[d - 1];
      b.origin[d] = b.origin[d - 1];
    }
    b.extents[0] = threads;
    b.padding[0] = 0;
    b.origin[0] = ir::node_id::none;
    ++b.rank;
    for (ir::access& a : p.accesses) {
      if (a.of != id) continue;
      for (int d = a.rank; d > 0; --d) a.at[d] = a.at[d - 1];
      a.at[0] = thread;
      ++a.rank;
    }
  }

  ir::program& p;
  ir::axis_id axis;
  bool within[decltype(ir::program::buffers)::capacity]{};
  bool elsewhere[decltype(ir::program::buffers)::capacity]{};
  bool copied[decltype(ir::program::buffers)::capacity]{};
};

/// The axis of the first loop of virtual threads, or none.
constexpr ir::axis_id find_virtual_thread(ir::program const& p) {
  ir::axis_id found = ir::axis_id::none;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what != ir::op::loop || found != ir::axis_id::none) return;
    if (p[p[id].axis()].kind == ir::loop_kind::virtual_thread) found = p[id].axis();
  });
  return found;
}

}  // namespace detail

/// Whether a loop of the program is one of virtual threads.
constexpr bool has_virtual_threads(ir::program const& p) { return detail::find_virtual_thread(p) != ir::axis_id::none; }

/// Carries out virtual threads: their iterations are interleaved statement by statement, and each has buffers of its own.
///
///     virtual thread for i in 0..2        allocate t[2, 8]
///       allocate t[8]                     for i: S(t[i])
///       S(t)                         =>   for k
///       for k                               for i: T(t[i], k)
///         T(t, k)
///
/// Needs: iterations of which none writes what another one reads or writes.
/// Keeps: every iteration of every statement, and for each thread their order.
constexpr ir::program interleave_threads(ir::program p) {
  if (p.refused) return p;
  for (ir::axis_id axis = detail::find_virtual_thread(p); axis != ir::axis_id::none;
       axis = detail::find_virtual_thread(p)) {
    static_vector<ir::node_id, 64> loops{};
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      if (p[id].what == ir::op::loop && p[id].axis() == axis && !loops.full()) loops.push_back(id);
    });
    for (ir::node_id loop : loops) {
      if (refusal const met = analysis::races(p, loop)) return ir::refuse(p, met.sentence);
    }
    p[axis].kind = ir::loop_kind::serial;
    detail::interleaver change(p, axis);
    for (ir::node_id loop : loops) change.run(loop);
  }
  return p;
}

}  // namespace tenon::lower
