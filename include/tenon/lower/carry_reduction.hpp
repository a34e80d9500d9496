#pragma once

#include <cstddef>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/lower/find_loops.hpp>
#include <tenon/lower/mark_loop.hpp>
#include <tenon/lower/parents.hpp>
#include <tenon/lower/rewrite.hpp>

namespace tenon::lower {

namespace detail {

/// The parts of one reduction: where its accumulator starts, the loop over its terms, and the store that reads the result.
struct reduction_nest {
  ir::node_id turns = ir::node_id::none;  // the outermost loop over terms
  ir::node_id all = ir::node_id::none;  // allocates the accumulator
  ir::node_id start = ir::node_id::none;
  ir::node_id end = ir::node_id::none;
};

/// Finds the parts around the loop `turns`; what does not look as the language makes it is refused.
class reduction_parts {
 public:
  reduction_nest found{};

  constexpr reduction_parts(ir::program& program, step const& line, parents const& above, ir::node_id turns)
      : p(program), s(line) {
    found.turns = turns;
    look(above);
  }

  constexpr ir::buffer_id accumulator() const { return p[found.all].buffer(); }

 private:
  constexpr void look(parents const& above) {
    ir::node_id top = above[found.turns];
    while (p[top].what == ir::op::block) top = above[top];
    if (p[top].what == ir::op::loop && p[p[top].axis()].reduces) {
      return no(text{} << name() << " is not the outermost loop over terms; that is " << p[p[top].axis()].name);
    }
    bool const has_own = p[top].what == ir::op::allocate && p[p[top].buffer()].accumulates;
    if (!has_own || !adds_to(p[top].buffer()))
      return no(text{} << "the sum over " << name() << " starts outside of other loops; carry it before decompose");
    found.all = top;
    bool const several = p[above[top]].what == ir::op::allocate && p[p[above[top]].buffer()].accumulates;
    bool after = false;
    bool nested = several;
    ir::each_statement(p, p[top].a, [&](ir::node_id id) { see(id, after, nested); });
    if (nested)
      return no(text{} << "several reductions are computed together there; compute each in a stage of its own");
    if (found.start == ir::node_id::none || found.end == ir::node_id::none || twice) {
      return no(text{} << "the sum over " << name()
                       << " has no single start and end; carry it before other steps part them");
    }
    ir::access const begun = p[p[found.start].access()];
    bool same = true;
    ir::each_value(p, p[found.end].a, [&](ir::node_id v) {
      if (p[v].what != ir::op::load || p[p[v].access()].of != begun.of) return;
      for (int d = 0; d < begun.rank; ++d) same &= ir::same_value(p, begun.at[d], p[p[v].access()].at[d]);
    });
    if (!same)
      no(text{} << "start and end of the sum over " << name() << " do not share their loops; carry it before them");
  }

  constexpr bool adds_to(ir::buffer_id sum) const {
    bool found_one = false;
    ir::each_statement(p, found.turns, [&](ir::node_id id) {
      if (p[id].what != ir::op::store || p[id].reduction() == ir::reduction_id::none) return;
      found_one |= p[p[id].access()].of == sum;
    });
    return found_one;
  }
  constexpr label const& name() const { return p[p[found.turns].axis()].name; }
  constexpr void no(text const& why) {
    if (!p.refused) p.refused.sentence << s << ": " << why;
  }
  constexpr void see(ir::node_id id, bool& after, bool& nested) {
    ir::node const& n = p[id];
    if (id == found.turns) after = true;
    if (n.what == ir::op::allocate) nested |= p[n.buffer()].accumulates;
    if (n.what != ir::op::store || n.reduction() != ir::reduction_id::none) return;
    bool const to_sum = p[n.access()].of == accumulator();
    bool reads_sum = false;
    ir::each_value(
        p, n.a, [&](ir::node_id v) { reads_sum |= p[v].what == ir::op::load && p[p[v].access()].of == accumulator(); });
    if (!to_sum && !reads_sum) return;
    ir::node_id& part = to_sum && !after ? found.start : found.end;
    twice |= part != ir::node_id::none || (to_sum && after);
    part = id;
  }

  ir::program& p;
  step const& s;
  bool twice = false;
};

/// The reduction loops under one loop, on their way around it.
class carried_loop {
 public:
  constexpr carried_loop(ir::program& program, step const& line, ir::node_id outer)
      : p(program), s(line), around(outer) {}

  constexpr void run(static_vector<ir::node_id, 64> const& turns) {
    parents const above(p);
    ir::axis_id const k = p[turns[0]].axis();
    for (ir::node_id t : turns) {
      reduction_parts const parts(p, s, above, t);
      if (p.refused) return;
      if (!ir::same_value(p, p[p[t].axis()].extent, p[k].extent)) {
        return no(text{} << "the loops called " << p[k].name << " run differently often; split with tail::guard");
      }
      for (reduction_nest const& other : nests) {
        if (other.end != parts.found.end) continue;
        return no(text{} << p[k].name << " was taken apart before, and its pieces add to one sum; say carry first");
      }
      nests.push_back(parts.found);
      for (ir::node_id at = above[t]; at != around && !p.refused; at = above[at]) {
        if (p[at].what != ir::op::loop || !p[p[at].axis()].reduces) continue;
        no(text{} << p[p[at].axis()].name << ", which runs inside " << s.loops[1]
                  << ", takes terms too, and their order would change; name a loop inside it");
      }
      if (p.refused) return;
    }
    check();
    check_kinds(k);
    if (p.refused) return;
    bool const once = ir::is_constant(p, p[k].extent, 1);
    for (reduction_nest const& n : nests) {
      adopt(n.turns, k);
      if (!once) rest(n, k);
      ir::replace(p, n.turns, p[n.turns].a);
    }
    ir::node_id moved = ir::add_loop(p, k, ir::node_id::none);
    ir::replace(p, around, moved);
    p[moved].a = around;
    for (ir::buffer_id b : partials) {
      ir::node_id const room = ir::add_allocate(p, b, ir::node_id::none);
      ir::replace(p, moved, room);
      p[room].a = moved;
      moved = room;
    }
  }

 private:
  constexpr void no(text const& why) {
    if (!p.refused) p.refused.sentence << s << ": " << why;
  }

  /// Running the loop again and again must be harmless for all but the sum.
  constexpr void check() {
    bool local[decltype(ir::program::buffers)::capacity]{};
    ir::each_statement(p, around, [&](ir::node_id id) {
      if (p[id].what == ir::op::allocate) local[p[id].x] = true;
    });
    ir::each_statement(p, around, [&](ir::node_id id) {
      if (p[id].what != ir::op::store) return;
      ir::access const& to = p[p[id].access()];
      bool ours = local[static_cast<std::size_t>(to.of)];
      for (reduction_nest const& n : nests) ours |= n.end == id;
      if (!ours) {
        no(text{} << p[to.of].name << " is computed inside " << s.loops[1]
                  << " too, and would be again with each turn; "
                  << "name a loop further inside");
      }
    });
    for (reduction_nest const& n : nests) {
      ir::access const& to = p[p[n.end].access()];
      for (int d = 0; d < to.rank; ++d) {
        ir::each_value(p, to.at[d], [&](ir::node_id v) {
          if (p[v].what == ir::op::min || p[v].what == ir::op::max) {
            no(text{} << "tail::shift computes some elements of " << p[to.of].name
                      << " twice, and their sums would be added up; split with tail::guard");
          }
        });
      }
    }
  }

  /// What is vectorized or shared among threads cannot come to stand around another such loop.
  constexpr void check_kinds(ir::axis_id k) {
    if (p[k].kind == ir::loop_kind::vectorized)
      no(text{} << p[k].name << " is vectorized, and its turns would have to follow one another; carry a serial loop");
    ir::each_statement(p, around, [&](ir::node_id id) {
      if (p[id].what != ir::op::loop || p[id].axis() == k) return;
      ir::axis const& inner = p[p[id].axis()];
      if (may_stand_inside(p[k].kind, inner.kind)) return;
      no(text{} << p[k].name << " would stand around " << inner.name
                << ", and the two cannot be marked so; carry first, then mark one of them");
    });
  }

  /// Several copies of the loop become one: their counters are the first one's.
  constexpr void adopt(ir::node_id turns, ir::axis_id k) {
    ir::axis_id const own = p[turns].axis();
    if (own == k) return;
    for (ir::node& n : p.nodes) {
      if (n.what == ir::op::counter && n.axis() == own) n.x = static_cast<std::uint16_t>(k);
    }
  }

  /// Where the partial results rest: in the output itself, if it can hold them and nobody else looks.
  constexpr ir::buffer_id resting_place(reduction_nest const& n) {
    ir::buffer_id const sum = p[n.all].buffer();
    ir::buffer_id const y = p[p[n.end].access()].of;
    bool read = false;
    value_walk look(
        p, [&](ir::node_id v) { read |= p[v].what == ir::op::load && p[p[v].access()].of == y && !is_resting(v); });
    ir::each_statement(p, around, [&](ir::node_id id) {
      // What a carry before this one made goes on from the same element.
      bool own = id == n.start;
      for (reduction_nest const& other : nests) own |= id == other.start;
      if (!own || reads_elsewhere(p[id].a, p[p[n.end].access()])) look.statement(id);
    });
    if (p[y].type == p[sum].type && !read) return y;
    for (std::size_t at = 0; at < partials.size(); ++at) {
      if (partial_of[at] == y) return partials[at];
    }
    ir::buffer made{.name = p[y].name.part("partial"), .type = p[sum].type, .rank = p[y].rank};
    for (int d = 0; d < made.rank; ++d) made.extents[d] = p[y].extents[d];
    partial_of.push_back(y);
    return partials.push_back(p.add(made));
  }
  constexpr bool reads_elsewhere(ir::node_id value, ir::access const& at) const {
    bool found = false;
    ir::each_value(p, value, [&](ir::node_id v) {
      if (p[v].what != ir::op::load || p[p[v].access()].of != at.of) return;
      for (int d = 0; d < at.rank; ++d) found |= !ir::same_value(p, at.at[d], p[p[v].access()].at[d]);
    });
    return found;
  }
  constexpr bool is_resting(ir::node_id load) const {
    for (ir::node_id r : resting_loads) {
      if (r == load) return true;
    }
    return false;
  }

  /// Whether the value is one thing up to the end of a padded dimension and zero behind it.
  constexpr bool is_end(ir::node_id value) const {
    ir::node const& n = p[value];
    if (n.what != ir::op::guarded || p[n.a].what != ir::op::less || !ir::is_constant(p, n.c)) return false;
    bool indices = p[p[n.a].a].type == ir::index_type;
    ir::each_value(p, n.a, [&](ir::node_id v) { indices &= p[v].what != ir::op::load; });
    return indices && p[n.c].value == 0;
  }
  constexpr ir::node_id zero_of(element type) {
    return ir::is_float(type) ? ir::add_real(p, type, 0) : ir::add_integer(p, type, 0);
  }

  /// The sum goes on from where the last turn left it, and only the last turn's result is the result.
  constexpr void rest(reduction_nest const& n, ir::axis_id k) {
    ir::buffer_id const sum = p[n.all].buffer();
    ir::buffer_id const place = resting_place(n);
    ir::node_id const condition = p[n.end].b;
    ir::access at = p[p[n.end].access()];
    bool const apart = at.of != place;
    at.of = place;
    ir::access_id const resting = apart ? p.add(at) : p[n.end].access();
    ir::node_id const turn = ir::add_counter(p, k);
    ir::node_id const first = ir::add_binary(p, ir::op::equal, turn, ir::add_index(p, 0));
    ir::node_id const end = ir::add_index(p, ir::op::sub, p[k].extent, 1);
    ir::node_id const last = ir::add_binary(p, ir::op::equal, turn, end);

    element const type = p[sum].type;
    ir::node_id before = ir::add_load(p, resting);
    resting_loads.push_back(before);
    if (condition != ir::node_id::none) {
      before = p.add(ir::node{.what = ir::op::guarded, .type = type, .a = condition, .b = before, .c = zero_of(type)});
    }
    ir::node_id const start = p[n.start].a;
    ir::node_id const begun =
        p.add(ir::node{.what = ir::op::guarded, .type = type, .a = first, .b = start, .c = before});
    p[n.start].a = begun;

    // Behind a padded end the result is no part of the sum, which may have no such element.
    static_vector<ir::node_id, 8> ends{};
    ir::node_id result = p[n.end].a;
    while (is_end(result) && !ends.full()) {
      ends.push_back(result);
      result = p[result].b;
    }
    auto const up_to_ends = [&](ir::node_id value) {
      for (std::size_t e = ends.size(); e-- > 0;) {
        ir::node end = p[ends[e]];
        end.type = type;
        end.b = value;
        if (apart) end.c = zero_of(type);
        value = p.add(end);
      }
      return value;
    };
    ir::node_id const partial = ir::add_load(p, p[n.start].access());
    if (!apart) {
      bool const plain = p[result].what == ir::op::load && p[p[result].access()].of == sum;
      if (plain) return;
      ir::node_id const value =
          p.add(ir::node{.what = ir::op::guarded, .type = type, .a = last, .b = result, .c = partial});
      ir::node_id const stored = up_to_ends(value);
      p[n.end].a = stored;
      return;
    }
    ir::node_id const not_last = ir::add_binary(p, ir::op::not_equal, turn, end);
    ir::node_id const keep = ir::add_store(p, resting, up_to_ends(partial), ir::add_both(p, not_last, condition));
    ir::node_id const finish = ir::add_store(p, p[n.end].access(), p[n.end].a, ir::add_both(p, last, condition));
    ir::replace(p, n.end, ir::add_block(p, keep, finish));
  }

  ir::program& p;
  step const& s;
  ir::node_id around;
  static_vector<reduction_nest, 64> nests{};
  static_vector<ir::node_id, 64> resting_loads{};
  static_vector<ir::buffer_id, 4> partials{};
  static_vector<ir::buffer_id, 4> partial_of{};
};

}  // namespace detail

/// Turns a reduction loop around a loop over elements; between its turns the partial results rest in the output.
///
///     for i.outer                          for k.outer
///       sum[..] = 0                          for i.outer
///       for k.outer                   =>       sum[..] = k.outer == 0 ? 0 : y[..]
///         sum[..] += ...                       sum[..] += ...
///       y[..] = f(sum[..])                     y[..] = k.outer == last ? f(sum[..]) : sum[..]
///
/// Needs: the outermost loop over the terms of one sum, around which the named loop runs, and no element computed twice.
/// Keeps: the order in which terms are added. If the output cannot hold the sum, or is read there, `y.partial` holds it.
constexpr ir::program carry_reduction(ir::program p, step const& s) {
  named_axes const terms = find_axes(p, s, s.loops[0]);
  if (terms.refused) return ir::refuse(p, terms.refused.sentence);
  if (named_loops const all = find_loops(p, s, s.loops[0]); all.refused) return ir::refuse(p, all.refused.sentence);
  named_loops const outer = find_loops(p, s, s.loops[1]);
  if (outer.refused) return ir::refuse(p, outer.refused.sentence);
  if (!p[terms.only()].reduces || p[outer.axis].reduces) {
    return ir::refuse(p, text{} << s << ": " << (p[terms.only()].reduces ? s.loops[1] : s.loops[0])
                                << (p[terms.only()].reduces ? " runs over terms of a reduction" : " runs over elements")
                                << "; say carry(a loop over terms, a loop over elements)");
  }
  bool any = false;
  for (ir::node_id loop : outer.loops) {
    static_vector<ir::node_id, 64> turns{};
    ir::each_statement(p, p[loop].a, [&](ir::node_id id) {
      if (is_loop_over(p, id, terms)) turns.push_back(id);
    });
    if (turns.empty()) continue;
    any = true;
    detail::carried_loop(p, s, loop).run(turns);
    if (p.refused) return p;
  }
  if (!any) {
    return ir::refuse(p, text{} << s << ": " << s.loops[0] << " does not run inside " << s.loops[1]
                                << "; name a loop that stands around it");
  }
  return p;
}

}  // namespace tenon::lower
