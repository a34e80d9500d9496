#pragma once

#include <cstddef>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/lower/find_loops.hpp>
#include <tenon/lower/parents.hpp>
#include <tenon/lower/rewrite.hpp>

namespace tenon::lower {

namespace detail {

/// The start of one reduction on its way out of the loops around it.
class moved_start {
 public:
  constexpr moved_start(ir::program& program, step const& line, ir::node_id loop_over_terms, named_axes const& before)
      : p(program), s(line), turns(loop_over_terms), limit(before) {}

  constexpr void run() {
    parents const above(p);
    // The accumulators of a reduction of several values are allocated one inside the other.
    ir::node_id top = above[turns];
    while (top != ir::node_id::none && !is_room(top)) {
      if (p[top].what == ir::op::loop && !p[p[top].axis()].reduces) return refuse_apart();
      if (p[top].what == ir::op::loop) turns = top;
      top = above[top];
    }
    if (top == ir::node_id::none) return refuse_apart();
    ir::node_id const body = p[top].a;
    rooms.push_back(top);
    while (is_room(above[top])) rooms.push_back(top = above[top]);

    ir::node_id outermost = ir::node_id::none;
    for (ir::node_id at = above[top]; at != ir::node_id::none; at = above[at]) {
      if (p[at].what != ir::op::loop) continue;
      loops.push_back(at);
      if (!is_limit(at)) continue;
      outermost = at;
      break;
    }
    if (outermost == ir::node_id::none) {
      return no(text{} << s.loops[0] << " does not run inside " << s.loops[1] << "; name a loop that stands around it");
    }
    for (ir::node_id l : loops) check(p[l].axis());
    if (p.refused) return;

    if (!updates_ours()) return refuse_apart();
    ir::node_id const start = cut_start(body);
    if (p.refused) return;
    for (ir::node_id room : rooms) expand(p[room].buffer());
    if (p.refused) return;
    ir::node_id begun = start;
    for (ir::node_id l : loops) begun = ir::add_loop(p, p[l].axis(), begun);
    rewrite(begun);
    // From here on only the tree changes.
    ir::replace(p, top, rest);
    ir::node_id const both = p.add(ir::node{.what = ir::op::block, .a = begun});
    ir::node_id moved = both;
    for (ir::node_id room : rooms) moved = ir::add_allocate(p, p[room].buffer(), moved);
    ir::replace(p, outermost, moved);
    p[both].b = outermost;
  }

 private:
  constexpr bool is_room(ir::node_id id) const {
    return p[id].what == ir::op::allocate && p[p[id].buffer()].accumulates;
  }
  constexpr bool is_limit(ir::node_id id) const { return is_loop_over(p, id, limit); }
  constexpr void no(text const& why) {
    if (!p.refused) p.refused.sentence << s << ": " << why;
  }
  constexpr void refuse_apart() {
    no(text{} << "the sum over " << s.loops[0] << " starts apart already; nothing is left to decompose");
  }
  constexpr void check(ir::axis_id a) {
    if (p[a].reduces) return no(text{} << p[a].name << " runs over terms too; decompose inside it");
    if (!ir::is_constant(p, p[a].extent)) {
      no(text{} << "how often " << p[a].name << " runs is known only at run time, and each turn needs a sum; split("
                << p[a].name << ", ...) and name " << p[a].name << ".inner");
    }
  }

  /// Whether the loop adds to the accumulators that stand around it.
  constexpr bool updates_ours() const {
    bool found = false;
    ir::each_statement(p, turns, [&](ir::node_id id) {
      if (p[id].what == ir::op::store && p[id].reduction() != ir::reduction_id::none)
        found |= is_ours(p[p[id].access()].of);
    });
    return found;
  }
  constexpr bool is_ours(ir::buffer_id b) const {
    bool found = false;
    for (ir::node_id room : rooms) found |= p[room].buffer() == b;
    return found;
  }

  /// Splits the statements under the accumulators: what comes before the loop over terms, and `rest`.
  constexpr ir::node_id cut_start(ir::node_id body) {
    ir::node_id start = ir::node_id::none;
    rest = body;
    while (p[rest].what == ir::op::block && !ir::contains(p, p[rest].a, turns)) {
      start = ir::add_block(p, start, p[rest].a);
      rest = p[rest].b;
    }
    if (p[rest].what == ir::op::block && p[p[rest].a].what == ir::op::block) {
      ir::node_id const first = p[rest].a;
      ir::node_id const after = p[rest].b;
      if (!ir::contains(p, p[first].a, turns)) {
        start = ir::add_block(p, start, p[first].a);
        rest = ir::add_block(p, p[first].b, after);
      }
    }
    ir::each_statement(p, start, [&](ir::node_id id) {
      if (p[id].what != ir::op::store) return;
      bool const ours = is_ours(p[p[id].access()].of);
      if (ours && p[id].reduction() != ir::reduction_id::none) refuse_apart();
      if (!ours) {
        no(text{} << p[p[p[id].access()].of].name << " is computed before the sum over " << s.loops[0]
                  << " too; decompose before placing it there");
      }
    });
    if (start == ir::node_id::none) refuse_apart();
    return start;
  }

  /// One more dimension for each loop that the start leaves.
  constexpr void expand(ir::buffer_id b) {
    int copies = 0;
    ir::each_statement(p, p.root,
                       [&](ir::node_id id) { copies += p[id].what == ir::op::allocate && p[id].buffer() == b; });
    ir::buffer& sum = p[b];
    auto const more = static_cast<int>(loops.size());
    if (copies != 1)
      return no(text{} << "the sum over " << s.loops[0] << " has copies; decompose before loops are copied");
    if (sum.rank + more > ir::max_rank) {
      return no(text{} << sum.name << " cannot have " << more << " more dimensions; name a loop further inside");
    }
    for (int d = sum.rank; d-- > 0;) sum.extents[d + more] = sum.extents[d];
    for (int d = 0; d < more; ++d) sum.extents[d] = p[p[loops[static_cast<std::size_t>(more - 1 - d)]].axis()].extent;
    sum.rank = static_cast<std::uint8_t>(sum.rank + more);
  }

  /// Accesses of the accumulators count the loops too.
  constexpr void rewrite(ir::node_id start) {
    auto const reads_ours = [&](ir::access_id id) { return is_ours(p[id].of); };
    auto const more = static_cast<int>(loops.size());
    auto const wider = [&](ir::access_id id) {
      ir::access a = p[id];
      for (int d = a.rank; d-- > 0;) a.at[d + more] = a.at[d];
      for (int d = 0; d < more; ++d)
        a.at[d] = ir::add_counter(p, p[loops[static_cast<std::size_t>(more - 1 - d)]].axis());
      a.rank = static_cast<std::uint8_t>(a.rank + more);
      return p.add(a);
    };
    rewriter change(p, [&](ir::node_id id) {
      ir::node const n = p[id];
      if (n.what != ir::op::load || !reads_ours(n.access())) return ir::node_id::none;
      return ir::add_load(p, wider(n.access()));
    });
    ir::node_id const trees[]{start, rest};
    for (ir::node_id tree : trees) {
      change.statements(tree);
      ir::each_statement(p, tree, [&](ir::node_id id) {
        if (p[id].what != ir::op::store || !reads_ours(p[id].access())) return;
        auto const target = static_cast<std::uint16_t>(wider(p[id].access()));
        p[id].x = target;
      });
    }
  }

  ir::program& p;
  step const& s;
  ir::node_id turns;
  named_axes const& limit;
  ir::node_id rest = ir::node_id::none;
  static_vector<ir::node_id, ir::max_reduced> rooms{};  // allocations of the accumulators, innermost first
  static_vector<ir::node_id, 32> loops{};               // left by the start, innermost first
};

}  // namespace detail

/// Moves the start of a sum out of the loops around it, ahead of a loop.
///
///     for i                        for i: sum[i] = 0
///       sum = 0                =>  for i
///       for k: sum += ...            for k: sum[i] += ...
///       y[i] = sum                   y[i] = sum[i]
///
/// Needs: a loop over elements around the sum; constant extents of it and of what is between.
/// Keeps: every value and the order of the terms.
constexpr ir::program decompose_reduction(ir::program p, step const& s) {
  named_loops const terms = find_loops(p, s, s.loops[0]);
  if (terms.refused) return ir::refuse(p, terms.refused.sentence);
  named_axes const before = find_axes(p, s, s.loops[1]);
  if (before.refused) return ir::refuse(p, before.refused.sentence);
  if (!p[terms.axis].reduces) {
    return ir::refuse(p, text{} << s << ": " << s.loops[0]
                                << " does not run over terms of a reduction; name a loop that does");
  }
  if (p[before.only()].reduces) {
    return ir::refuse(p,
                      text{} << s << ": " << s.loops[1] << " runs over terms too; name a loop over elements around it");
  }
  for (ir::node_id loop : terms.loops) {
    detail::moved_start(p, s, loop, before).run();
    if (p.refused) return p;
  }
  return p;
}

}  // namespace tenon::lower
