#pragma once

#include <cstddef>

#include <tenon/analysis/races.hpp>
#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/machine.hpp>

namespace tenon::lower {

namespace detail {

/// The loops of virtual threads over one axis, moved inwards until they stand around single statements, or around several that
/// follow each other in one unit of the machine.
class interleaver {
 public:
  constexpr interleaver(ir::program& program, ir::axis_id of, machine const& target)
      : p(program), axis(of), on(target) {
    find_copied(p.root, false);
  }

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
      case ir::op::block: return in_sequence(id);
      case ir::op::loop: {
        // A vectorized loop is one statement to the machine.
        if (p[n.axis()].kind == ir::loop_kind::vectorized) break;
        ir::node_id const body = inwards(n.a);
        p[id].a = body;
        return id;
      }
      case ir::op::allocate: {
        if (!is_copied(n.buffer())) break;
        return in_sequence(id);
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

  /// Statements one after another, each with the buffers that exist from there on.
  struct sequence {
    struct part {
      ir::node_id statement = ir::node_id::none;
      std::size_t opened = 0;  // how many of `buffers` exist before it
    };
    static_vector<part, 64> parts{};
    static_vector<ir::node_id, 40> buffers{};
  };
  constexpr void gather(sequence& all, ir::node_id id, bool is_last) {
    if (id == ir::node_id::none) return;
    ir::node const n = p[id];
    if (n.what == ir::op::block) {
      gather(all, n.a, false);
      gather(all, n.b, is_last);
    } else if (n.what == ir::op::allocate && is_last && is_copied(n.buffer())) {
      if (!copied[n.x]) copy_for_each(n.buffer());
      all.buffers.push_back(id);
      gather(all, n.a, true);
    } else {
      all.parts.push_back({id, all.buffers.size()});
    }
  }

  /// The unit that a statement is left to; none if it is no instruction.
  constexpr label unit_of(ir::node_id id) const {
    if (p[id].what != ir::op::tensorized) return {};
    int const done = on.find_instruction(p.instructions[p[id].x]);
    return done < 0 ? label{} : on.instructions.first[done].unit;
  }

  /// A thread hands a unit all it has for it at this point, then the next one does: no thread waits for another one's operand
  /// that stands in front of its own.
  constexpr ir::node_id in_sequence(ir::node_id id) {
    sequence all{};
    gather(all, id, true);
    ir::node_id made = ir::node_id::none;
    std::size_t opened = all.buffers.size();
    auto const open_until = [&](std::size_t count) {
      for (; opened > count; --opened) {
        p[all.buffers[opened - 1]].a = made;
        made = all.buffers[opened - 1];
      }
    };
    for (std::size_t end = all.parts.size(); end > 0;) {
      std::size_t begin = end - 1;
      label const unit = unit_of(all.parts[begin].statement);
      ir::node_id run = all.parts[begin].statement;
      while (!unit.empty() && begin > 0 && unit_of(all.parts[begin - 1].statement) == unit) {
        --begin;
        run = ir::add_block(p, all.parts[begin].statement, run);
      }
      ir::node_id const moved = end - begin > 1 ? ir::add_loop(p, axis, run) : inwards(run);
      open_until(all.parts[end - 1].opened);
      made = made == ir::node_id::none ? moved : ir::add_block(p, moved, made);
      open_until(all.parts[begin].opened);
      end = begin;
    }
    open_until(0);
    return made;
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
  machine const& on;
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
/// Instructions of one unit of the machine that follow each other stay together.
///
///     virtual thread for i in 0..2        allocate t[2, 8]
///       allocate t[8]                     for i: S(t[i])
///       S(t)                         =>   for k
///       for k                               for i: T(t[i], k)
///         T(t, k)
///
/// Needs: iterations of which none writes what another one reads or writes.
/// Keeps: every iteration of every statement, and for each thread their order.
constexpr ir::program interleave_threads(ir::program p, machine const& on = {}) {
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
    detail::interleaver change(p, axis, on);
    for (ir::node_id loop : loops) change.run(loop);
  }
  return p;
}

}  // namespace tenon::lower
