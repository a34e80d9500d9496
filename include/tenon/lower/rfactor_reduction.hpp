#pragma once

#include <cstddef>

#include <tenon/ir/clone.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/lower/find_loops.hpp>
#include <tenon/lower/parents.hpp>
#include <tenon/lower/rewrite.hpp>

namespace tenon::lower {

namespace detail {

/// One reduction loop whose iterations get accumulators of their own.
class factored_loop {
 public:
  constexpr factored_loop(ir::program& program, step const& line, ir::node_id which)
      : p(program), s(line), loop(which) {}

  constexpr void run() {
    ir::axis_id const k = p[loop].axis();
    if (!ir::is_constant(p, p[k].extent)) {
      return no(text{} << "how often " << p[k].name
                       << " runs is known only at run time, and each turn needs a sum; split(" << p[k].name
                       << ", ...) and factor " << p[k].name << ".inner");
    }
    find_updates();
    if (p.refused) return;
    parents const above(p);
    ir::node_id turns = loop;  // the outermost loop over the terms
    for (ir::node_id at = loop; at != ir::node_id::none && !holds_sum(at); at = above[at]) {
      if (p[at].what == ir::op::loop && p[p[at].axis()].reduces) turns = at;
    }
    find_start(above, turns);
    if (p.refused) return;

    for (std::size_t v = 0; v < sums.size(); ++v) {
      ir::buffer made = p[sums[v]];
      made.name = made.name.part("rf");
      made.extents[made.rank++] = p[k].extent;
      own.push_back(p.add(made));
    }
    redirect(turns, k);
    ir::axis joined = p[k];
    joined.name = joined.name.part("join");
    joined.kind = ir::loop_kind::serial;
    p[k].reduces = false;
    ir::node_id const start = over_elements(ir::add_loop(p, k, identities(k)));
    ir::axis_id const join = p.add(joined);
    ir::node_id const end = over_elements(ir::add_loop(p, join, combination(join)));

    ir::node_id const middle = p.add(ir::node{.what = ir::op::block, .b = end});
    ir::node_id all = ir::add_block(p, start, middle);
    for (ir::buffer_id b : own) all = ir::add_allocate(p, b, all);
    ir::replace(p, turns, all);
    p[middle].a = turns;
  }

 private:
  constexpr void no(text const& why) {
    if (!p.refused) p.refused.sentence << s << ": " << why;
  }
  constexpr bool is_sum(ir::buffer_id b) const {
    bool found = false;
    for (ir::buffer_id other : sums) found |= b == other;
    return found;
  }
  constexpr bool holds_sum(ir::node_id id) const { return p[id].what == ir::op::allocate && is_sum(p[id].buffer()); }

  /// The accumulators that the loop adds to, in the order of the reduction's values.
  constexpr void find_updates() {
    bool local[decltype(ir::program::buffers)::capacity]{};
    ir::each_statement(p, p[loop].a, [&](ir::node_id id) {
      if (p[id].what == ir::op::allocate) local[p[id].x] = true;
    });
    bool several = false;
    ir::each_statement(p, p[loop].a, [&](ir::node_id id) {
      if (p[id].what != ir::op::store || p[id].reduction() == ir::reduction_id::none) return;
      ir::buffer_id const sum = p[p[id].access()].of;
      if (local[static_cast<std::size_t>(sum)] || is_sum(sum)) return;
      several |= !sums.empty() && p[id].reduction() != reduced;
      reduced = p[id].reduction();
      if (!sums.full()) sums.push_back(sum);
    });
    if (sums.empty()) return no(text{} << s.loops[0] << " adds no terms to a sum of its stage; name a loop that does");
    if (several || sums.size() != p[reduced].values) {
      return no(text{} << "several reductions are computed inside " << s.loops[0]
                       << "; compute each in a stage of its own");
    }
    if (p[sums[0]].rank == ir::max_rank) no(text{} << p[sums[0]].name << " cannot have one more dimension");
  }

  /// The loops over the elements of the accumulators, and the condition under which they start.
  constexpr void find_start(parents const& above, ir::node_id turns) {
    ir::node_id room = turns;
    while (room != ir::node_id::none && !holds_sum(room)) room = above[room];
    bool apart = false;
    bool inside[decltype(ir::program::axes)::capacity]{};
    ir::each_statement(p, room, [&](ir::node_id id) {
      if (p[id].what == ir::op::loop) inside[p[id].x] = true;
      if (p[id].what != ir::op::store || p[p[id].access()].of != sums[0]) return;
      apart |= p[id].reduction() != ir::reduction_id::none && !ir::contains(p, loop, id);
      if (p[id].reduction() != ir::reduction_id::none) return;
      apart |= element.of != ir::buffer_id::none;
      element = p[p[id].access()];
      condition = p[id].b;
    });
    for (ir::node_id at = above[turns]; at != room; at = above[at]) {
      if (p[at].what == ir::op::loop) inside[p[at].x] = false;
    }
    if (apart) {
      return no(text{} << "terms are added to " << p[sums[0]].name
                       << " at several places, for a loop was taken apart; say rfactor before peel");
    }
    bool plain = element.of != ir::buffer_id::none;
    for (ir::buffer_id b : sums) {
      plain &= p[b].rank == p[sums[0]].rank;
      for (int d = 0; d < p[b].rank; ++d) plain &= ir::same_value(p, p[b].extents[d], p[sums[0]].extents[d]);
    }
    for (int d = 0; d < element.rank; ++d) {
      ir::node const& n = p[element.at[d]];
      if (n.what == ir::op::counter && inside[n.x]) {
        axes.push_back(n.axis());
        inside[n.x] = false;
      } else {
        plain &= n.what == ir::op::counter || n.what == ir::op::constant;
      }
    }
    if (!plain) no(text{} << p[sums[0]].name << " has no plain start; factor before other steps change it");
  }

  constexpr ir::access_id own_element(std::size_t v, ir::node_id turn) {
    ir::access a = element;
    a.of = own[v];
    a.at[a.rank++] = turn;
    return p.add(a);
  }
  constexpr ir::access_id sum_element(std::size_t v) {
    ir::access a = element;
    a.of = sums[v];
    return p.add(a);
  }
  constexpr ir::node_id over_elements(ir::node_id body) {
    for (std::size_t n = axes.size(); n-- > 0;) body = ir::add_loop(p, axes[n], body);
    return body;
  }

  /// What added to the accumulators adds to those of its turn.
  constexpr void redirect(ir::node_id turns, ir::axis_id k) {
    ir::node_id const turn = ir::add_counter(p, k);
    auto const of_turn = [&](ir::access_id id) {
      ir::access a = p[id];
      for (std::size_t v = 0; v < sums.size(); ++v) {
        if (a.of != sums[v]) continue;
        a.of = own[v];
        break;
      }
      a.at[a.rank++] = turn;
      return p.add(a);
    };
    rewriter change(p, [&](ir::node_id id) {
      ir::node const n = p[id];
      if (n.what != ir::op::load || !is_sum(p[n.access()].of)) return ir::node_id::none;
      return ir::add_load(p, of_turn(n.access()));
    });
    change.statements(turns);
    ir::each_statement(p, turns, [&](ir::node_id id) {
      if (p[id].what != ir::op::store || !is_sum(p[p[id].access()].of)) return;
      auto const target = static_cast<std::uint16_t>(of_turn(p[id].access()));
      p[id].x = target;
    });
  }

  constexpr ir::node_id identities(ir::axis_id k) {
    ir::node_id all = ir::node_id::none;
    ir::node_id const turn = ir::add_counter(p, k);
    for (std::size_t v = 0; v < sums.size(); ++v) {
      all = ir::add_block(p, all, ir::add_store(p, own_element(v, turn), p[reduced].identity[v]));
    }
    return all;
  }

  constexpr ir::node_id combination(ir::axis_id join) {
    ir::substitution values{};
    ir::node_id const turn = ir::add_counter(p, join);
    auto const count = static_cast<std::int64_t>(sums.size());
    for (std::int64_t v = 0; v < count; ++v) {
      values.formal(v, ir::add_load(p, sum_element(static_cast<std::size_t>(v))));
      values.formal(count + v, ir::add_load(p, own_element(static_cast<std::size_t>(v), turn)));
    }
    ir::node_id all = ir::node_id::none;
    // From the last: what happens together is a list, each block a store and the rest.
    for (std::size_t v = sums.size(); v-- > 0;) {
      ir::node_id const value = ir::clone_value(p, p[reduced].combine[v], values);
      all = ir::add_block(p, ir::add_store(p, sum_element(v), value, condition, reduced), all);
    }
    return sums.size() == 1 ? all : p.add(ir::node{.what = ir::op::together, .a = all});
  }

  ir::program& p;
  step const& s;
  ir::node_id loop;
  ir::reduction_id reduced = ir::reduction_id::none;
  static_vector<ir::buffer_id, ir::max_reduced> sums{};
  static_vector<ir::buffer_id, ir::max_reduced> own{};
  static_vector<ir::axis_id, ir::max_rank> axes{};
  ir::access element{};
  ir::node_id condition = ir::node_id::none;
};

}  // namespace detail

/// Gives each iteration of a reduction loop an accumulator of its own; afterwards they are combined.
///
///     sum = 0                            sum = 0
///     for k.outer                        for k.inner: sum.rf[k.inner] = 0
///       for k.inner               =>     for k.outer
///         sum += x[...]                    for k.inner: sum.rf[k.inner] += x[...]
///                                        for k.inner.join: sum += sum.rf[k.inner.join]
///
/// Needs: a loop over terms with a constant extent.
/// Keeps: the set of terms, not their order: a sum of floats is rounded differently. Combining has to be associative and
/// must not mind the order.
constexpr ir::program rfactor_reduction(ir::program p, step const& s) {
  named_loops const found = find_loops(p, s, s.loops[0]);
  if (found.refused) return ir::refuse(p, found.refused.sentence);
  if (!p[found.axis].reduces) {
    return ir::refuse(p, text{} << s << ": " << s.loops[0]
                                << " does not run over terms of a reduction; name a loop that does");
  }
  for (ir::node_id loop : found.loops) {
    detail::factored_loop(p, s, loop).run();
    if (p.refused) return p;
  }
  return p;
}

}  // namespace tenon::lower
