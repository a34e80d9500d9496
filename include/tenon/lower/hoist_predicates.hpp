#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/ir/uses.hpp>
#include <tenon/lower/conditions.hpp>
#include <tenon/lower/inside.hpp>

namespace tenon::lower {

namespace detail {

/// Which conditions of stores decide whether an iteration does anything that is seen outside of it.
class hoisting {
 public:
  constexpr explicit hoisting(ir::program& program) : p(program) {}

  constexpr void run() {
    bool any = false;
    ir::each_statement(p, p.root, [&](ir::node_id id) { any |= is_guarded(id); });
    if (any) walk(p.root);
  }

 private:
  constexpr bool is_guarded(ir::node_id id) const {
    return p[id].what == ir::op::store && p[id].b != ir::node_id::none;
  }

  constexpr void walk(ir::node_id id) {
    while (id != ir::node_id::none) {
      ir::node const n = p[id];
      switch (n.what) {
        case ir::op::loop:
          if (p[n.axis()].kind == ir::loop_kind::vectorized) return;
          iteration(id);
          id = n.a;
          break;
        case ir::op::block:
          walk(n.a);
          id = n.b;
          break;
        case ir::op::when:
          walk(n.b);
          id = n.c;
          break;
        case ir::op::allocate: id = n.a; break;
        default: return;
      }
    }
  }

  /// Puts a condition above what one iteration of the loop does, if all that others see of it stands under that.
  constexpr void iteration(ir::node_id loop) {
    ir::node_id const body = p[loop].a;
    ir::uses inside{};
    conditions shared{};
    bool guarded = false;
    bool loops = false;
    bool first = true;
    ir::each_statement(p, body, [&](ir::node_id id) {
      ir::node const& n = p[id];
      if (n.what == ir::op::allocate) inside.add(n.buffer());
      if (n.what == ir::op::loop) {
        inside.add(n.axis());
        loops |= p[n.axis()].kind == ir::loop_kind::serial;
      }
      if (n.what != ir::op::store) return;
      guarded |= n.b != ir::node_id::none;
      if (inside.has(p[n.access()].of)) return;
      conditions parts{};
      split_condition(p, n.b, parts);
      if (first) shared = parts;
      conditions both{};
      for (ir::node_id c : shared) {
        if (has(p, parts, c)) both.push_back(c);
      }
      shared = both;
      first = false;
    });
    // Around one round of stores alone, their own conditions do as well.
    if (!guarded || !loops) return;
    ir::node_id above = ir::node_id::none;
    for (ir::node_id c : shared) {
      ir::node_id const needed = needed_for(c, p[loop].axis(), inside);
      if (needed == ir::node_id::none) continue;
      // The loops inside may be what kept it from dividing by 0.
      above = ir::add_both(p, add_defined(p, above, needed), needed);
      if (needed == c) drop(c, body, inside);
    }
    if (above == ir::node_id::none) return;
    ir::node_id const when = p.add(ir::node{.what = ir::op::when, .a = above, .b = body});
    p[loop].a = when;
  }

  /// What has to hold for `c` to hold in any turn of the loops inside: `c` itself if these do not matter. None if nothing can be
  /// said, if it does not depend on `a`, or if it always holds.
  constexpr ir::node_id needed_for(ir::node_id c, ir::axis_id a, ir::uses const& inside) {
    ir::node const n = p[c];
    if (n.what != ir::op::less || p[n.a].type != ir::index_type || !ir::depends_on(p, n.a, a)) return {};
    bool plain = true;
    ir::each_value(p, n.b, [&](ir::node_id v) {
      plain &= p[v].what != ir::op::load && !(p[v].what == ir::op::counter && inside.has(p[v].axis()));
    });
    ir::linear const index = ir::linear_of(p, n.a);
    ir::linear least{.constant = index.constant};
    bool changed = false;
    for (ir::linear::term const& t : index.terms) {
      ir::node const& atom = p[t.atom];
      if (atom.what == ir::op::counter && inside.has(atom.axis())) {
        // From 0 on: the least that the sum can be.
        plain &= t.factor > 0;
        changed = true;
        continue;
      }
      ir::each_value(p, t.atom, [&](ir::node_id v) {
        plain &= p[v].what != ir::op::load && !(p[v].what == ir::op::counter && inside.has(p[v].axis()));
      });
      least.terms.push_back(t);
    }
    if (!plain) return {};
    ir::linear const room = ir::add(p, ir::linear_of(p, n.b), least, -1);
    if (limit_of(p, at_limit(p, room, false), false, where_needed(p, c)).value_or(0) >= 1) return {};
    return changed ? ir::add_binary(p, ir::op::less, ir::add_linear(p, least), n.b) : c;
  }

  /// Stores to what lives inside of the iteration need the condition no more, nor does an instruction, which has none.
  constexpr void drop(ir::node_id c, ir::node_id body, ir::uses const& inside) {
    ir::node_id instruction = ir::node_id::none;  // the store that the last one does
    ir::each_statement(p, body, [&](ir::node_id id) {
      if (p[id].what == ir::op::tensorized) {
        for (instruction = p[id].a; p[instruction].what == ir::op::loop;) instruction = p[instruction].a;
      }
      if (!is_guarded(id) || !(id == instruction || inside.has(p[p[id].access()].of))) return;
      conditions parts{};
      split_condition(p, p[id].b, parts);
      if (parts.full()) return;
      ir::node_id left = ir::node_id::none;
      for (ir::node_id part : parts) {
        if (!ir::same_value(p, part, c)) left = ir::add_both(p, left, part);
      }
      p[id].b = left;
    });
  }

  ir::program& p;
};

}  // namespace detail

/// Leaves out iterations in which nothing is stored that anyone sees, and asks that once, not in the loops inside.
///
///     for i in 0..8                                  for i in 0..8
///       for k in 0..n                                  if i0 + i < m:
///         if i0 + i < m: sum += x[i0 + i, k]    =>       for k in 0..n
///       if i0 + i < m: y[i0 + i] = sum                     sum += x[i0 + i, k]
///                                                        if i0 + i < m: y[i0 + i] = sum
///
/// Needs: a condition that all stores to what outlives the iteration have. Where it differs among the loops inside, what holds
/// for the first turn of them is asked.
/// Keeps: every output.
constexpr ir::program hoist_predicates(ir::program p) {
  detail::hoisting(p).run();
  return p;
}

}  // namespace tenon::lower
