#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/analysis/box.hpp>
#include <tenon/analysis/positive.hpp>
#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/ir/uses.hpp>
#include <tenon/lower/conditions.hpp>
#include <tenon/lower/inside.hpp>
#include <tenon/lower/relax_terms.hpp>

namespace tenon::lower {

namespace detail {

/// Which parts of the conditions of stores to temporaries can go.
class relaxation {
 public:
  constexpr explicit relaxation(ir::program& program) : p(program) { walk(p.root, 0, {}); }

  constexpr void run() {
    if (full) return;
    for (one_store& s : stores) choose(s);
    for (one_load const& l : loads) keep_for_reader(l);
    for (one_store& s : stores) {
      if (!s.dropped.empty() && !safe_without(s)) s.dropped = {};
    }
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t n = 0; n < stores.size(); ++n) {
        if (stores[n].dropped.empty() || reads_what_is_written(n)) continue;
        stores[n].dropped = {};
        changed = true;
      }
    }
    for (one_store const& s : stores) {
      if (s.dropped.empty()) continue;
      ir::node_id left = ir::node_id::none;
      for (ir::node_id c : s.parts) {
        if (!has(p, s.dropped, c)) left = ir::add_both(p, left, c);
      }
      keep_loads_inside(s);
      p[s.id].b = left;
    }
  }

 private:
  struct one_store {
    ir::node_id id = ir::node_id::none;
    ir::node_id room = ir::node_id::none;  // the allocation of what is stored to; none: an argument
    bool always = false;                   // whenever the room is there, not under a `when`
    ir::uses around{};                     // the axes of the loops around it
    conditions parts{};
    conditions dropped{};
  };
  struct one_load {
    ir::node_id id = ir::node_id::none;
    ir::node_id room = ir::node_id::none;
    std::size_t by = 0;
    conditions guards{};  // of `guarded` around it
  };

  constexpr ir::access const& target(one_store const& s) const { return p[p[s.id].access()]; }

  /// `part` tells the sides of every `when` apart.
  constexpr void walk(ir::node_id id, int part, ir::uses around) {
    while (id != ir::node_id::none) {
      ir::node const n = p[id];
      switch (n.what) {
        case ir::op::store: note(id, part, around); return;
        case ir::op::block:
          walk(n.a, part, around);
          id = n.b;
          break;
        case ir::op::allocate: {
          ir::node_id const outer = rooms[n.x];
          int const outer_part = part_of_room[n.x];
          rooms[n.x] = id;
          part_of_room[n.x] = part;
          walk(n.a, part, around);
          rooms[n.x] = outer;
          part_of_room[n.x] = outer_part;
          return;
        }
        case ir::op::when:
          ir::each_value(p, n.a, [&](ir::node_id v) { full |= p[v].what == ir::op::load; });
          walk(n.b, ++parts, around);
          walk(n.c, ++parts, around);
          return;
        case ir::op::loop:
          around.add(n.axis());
          id = n.a;
          break;
        case ir::op::together:
        case ir::op::tensorized: id = n.a; break;
        default: return;
      }
    }
  }
  constexpr ir::node_id room_of(ir::buffer_id b) const { return rooms[static_cast<std::size_t>(b)]; }

  constexpr void note(ir::node_id id, int part, ir::uses const& around) {
    ir::node const n = p[id];
    if (stores.full()) {
      full = true;
      return;
    }
    ir::buffer_id const to = p[n.access()].of;
    one_store s{.id = id, .room = room_of(to), .around = around};
    s.always = part_of_room[static_cast<std::size_t>(to)] == part;
    split_condition(p, n.b, s.parts);
    stores.push_back(s);
    full = s.parts.full();
    load_walk see(p, [&](ir::node_id load, conditions const& guards) { note_load(load, guards); });
    see.statement(id);
  }
  constexpr void note_load(ir::node_id id, conditions const& guards) {
    full = full || loads.full();
    if (full) return;
    loads.push_back({.id = id, .room = room_of(p[p[id].access()].of), .by = stores.size() - 1, .guards = guards});
  }

  /// Conditions that an element of the temporary has or has not for as long as it lives.
  constexpr void choose(one_store& s) {
    ir::access const& to = target(s);
    if (s.room == ir::node_id::none || s.parts.empty()) return;
    bool inside[decltype(ir::program::axes)::capacity]{};
    ir::each_statement(p, s.room, [&](ir::node_id id) {
      if (p[id].what == ir::op::loop) inside[p[id].x] = true;
    });
    for (int d = 0; d < to.rank; ++d) {
      if (p[to.at[d]].what == ir::op::counter) inside[p[to.at[d]].x] = false;
    }
    for (ir::node_id c : s.parts) {
      bool fixed = true;
      ir::each_value(p, c, [&](ir::node_id v) {
        fixed &= p[v].what != ir::op::load && !(p[v].what == ir::op::counter && inside[p[v].x]);
      });
      if (fixed) s.dropped.push_back(c);
    }
  }

  /// What is read under a condition is written under it; what is read elsewhere must not change.
  constexpr void keep_for_reader(one_load const& l) {
    ir::access const& from = p[p[l.id].access()];
    for (one_store& s : stores) {
      ir::access const& to = target(s);
      if (s.dropped.empty() || s.room != l.room) continue;
      bool same = true;
      for (int d = 0; d < to.rank; ++d) same &= ir::same_value(p, to.at[d], from.at[d]);
      conditions kept{};
      for (ir::node_id c : s.dropped) {
        if (same && (has(p, stores[l.by].parts, c) || has(p, l.guards, c))) kept.push_back(c);
      }
      s.dropped = kept;
    }
  }

  constexpr conditions left_of(one_store const& s) const {
    conditions left{};
    for (ir::node_id c : s.parts) {
      if (!has(p, s.dropped, c)) left.push_back(c);
    }
    return left;
  }

  /// Whether the store could run where the dropped conditions do not hold.
  constexpr bool safe_without(one_store const& s) const {
    conditions const left = left_of(s);
    if (!stays_inside(p, target(s), left)) return false;
    bool harmless = true;
    ir::each_value(p, p[s.id].a, [&](ir::node_id v) {
      ir::op const what = p[v].what;
      bool const divides =
          what == ir::op::div || what == ir::op::mod || what == ir::op::floor_div || what == ir::op::floor_mod;
      harmless &= what != ir::op::call && !(divides && !ir::is_float(p[v].type) && !ir::is_constant(p, p[v].b));
    });
    for (one_load const& l : loads) {
      if (stores[l.by].id != s.id || has_all(p, l.guards, s.dropped)) continue;
      ir::access const& a = p[p[l.id].access()];
      conditions const given = given_to(l, left);
      for (int d = 0; d < a.rank; ++d) harmless &= can_end(s, a, d) || stays_inside(p, a, d, given);
    }
    return harmless;
  }
  constexpr conditions given_to(one_load const& l, conditions const& left) const {
    conditions given = left;
    for (ir::node_id g : l.guards) {
      if (!given.full()) given.push_back(g);
    }
    return given;
  }

  /// Whether a load of an update may read the last element of the dimension where it would read one behind: nobody reads what
  /// becomes of it. Only where it is the same for all lanes, and for a few turns that are written out.
  constexpr bool can_end(one_store const& s, ir::access const& a, int d) const {
    if (p[s.id].reduction() == ir::reduction_id::none || !never_negative(p, a.at[d])) return false;
    bool said = false;
    for (ir::node_id c : s.dropped) {
      ir::node const& n = p[c];
      said |= n.what == ir::op::less && ir::same_value(p, n.a, a.at[d]) && ir::same_value(p, n.b, p[a.of].extents[d]);
    }
    if (!said || !never_empty(p, p[a.of].extents[d], running(s))) return false;
    ir::uses const inside = loops_in(s.room);
    bool few = true;
    ir::each_value(p, a.at[d], [&](ir::node_id v) {
      if (p[v].what != ir::op::counter) return;
      ir::loop_kind const kind = p[p[v].axis()].kind;
      few &= kind != ir::loop_kind::vectorized && (kind == ir::loop_kind::unrolled || !inside.has(p[v].axis()));
    });
    return few;
  }
  /// What the loops around the store tell.
  constexpr analysis::positive running(one_store const& s) const {
    analysis::positive known{};
    for (std::size_t a = 1; a < p.axes.size() && p.parameters.size() > 1; ++a) {
      if (s.around.has(static_cast<ir::axis_id>(a))) known.enter(p, static_cast<ir::axis_id>(a));
    }
    return known;
  }
  constexpr ir::uses loops_in(ir::node_id room) const {
    ir::uses inside{};
    ir::each_statement(p, room, [&](ir::node_id id) {
      if (p[id].what == ir::op::loop) inside.add(p[id].axis());
    });
    return inside;
  }
  constexpr void keep_loads_inside(one_store const& s) {
    for (one_load const& l : loads) {
      if (stores[l.by].id != s.id || has_all(p, l.guards, s.dropped)) continue;
      ir::access const from = p[p[l.id].access()];
      ir::access made = from;
      for (int d = 0; d < from.rank; ++d) {
        if (always_below(p, from.at[d], p[from.of].extents[d]) || !can_end(s, from, d)) continue;
        ir::node_id const last = ir::add_index(p, ir::op::sub, p[from.of].extents[d], 1);
        made.at[d] = ir::add_index(p, ir::op::min, from.at[d], last);
      }
      if (!(made == from)) {
        ir::access_id const to = p.add(made);
        p[l.id].x = static_cast<std::uint16_t>(to);
      }
    }
  }

  /// Whether all temporaries that the store reads are written whole before, by stores without a condition.
  constexpr bool reads_what_is_written(std::size_t n) const {
    for (one_load const& l : loads) {
      if (l.by != n || has_all(p, l.guards, stores[n].dropped)) continue;
      ir::buffer_id const from = p[p[l.id].access()].of;
      // Of an output only those elements are known to be written that are read under the condition.
      if (ir::is_written(p[from].use)) return false;
      if (l.room == ir::node_id::none) continue;
      bool written = false;
      for (std::size_t m = 0; m < n; ++m) {
        one_store const& s = stores[m];
        written |= s.room == l.room && s.always && left_of(s).empty() && covers(s) && done_before(s, l);
      }
      if (!written) return false;
    }
    return true;
  }
  /// Whether an earlier store has written what the load reads, though they may stand in the same loops.
  constexpr bool done_before(one_store const& s, one_load const& l) const {
    ir::access const& to = target(s);
    ir::access const& from = p[p[l.id].access()];
    for (int d = 0; d < to.rank; ++d) {
      if (ir::same_value(p, to.at[d], from.at[d])) continue;
      bool shared = false;
      ir::each_value(p, to.at[d], [&](ir::node_id v) {
        shared |= p[v].what == ir::op::counter && stores[l.by].around.has(p[v].axis());
      });
      if (shared) return false;
    }
    return true;
  }
  constexpr bool covers(one_store const& s) const {
    if (p[s.id].reduction() != ir::reduction_id::none) return false;
    ir::access const& to = target(s);
    if (p[s.id].b == ir::node_id::none) {
      analysis::box const made = analysis::box_of(p, s.id, loops_in(s.room));
      bool whole = made.clear;
      for (int d = 0; d < to.rank; ++d)
        whole &= made.low[d] == ir::linear{} && made.end[d] == ir::linear_of(p, p[to.of].extents[d]);
      return whole;
    }
    for (int d = 0; d < to.rank; ++d) {
      ir::node_id const extent = p[to.of].extents[d];
      if (ir::is_constant(p, extent, 1) && ir::is_constant(p, to.at[d], 0)) continue;
      if (p[to.at[d]].what != ir::op::counter || !ir::same_value(p, p[p[to.at[d]].axis()].extent, extent)) return false;
      for (int other = 0; other < d; ++other) {
        if (ir::same_value(p, to.at[other], to.at[d])) return false;
      }
    }
    return true;
  }

  ir::program& p;
  static_vector<one_store, 64> stores{};
  static_vector<one_load, 256> loads{};
  ir::node_id rooms[decltype(ir::program::buffers)::capacity]{};  // while walking: the allocation of each temporary
  int part_of_room[decltype(ir::program::buffers)::capacity]{};
  int parts = 0;
  bool full = false;
};

}  // namespace detail

/// Drops conditions of stores to temporaries where computing what nobody reads does no harm: a tile of accumulators then is
/// updated whole, from caches whose elements outside of the tensor are zero.
///
///     for j in 0..8                            for j in 0..8
///       if j0 + j < n: sum[j] += wc[j]    =>     sum[j] += wc[j]
///     for j in 0..8                            for j in 0..8
///       if j0 + j < n: y[j0 + j] = sum[j]        if j0 + j < n: y[j0 + j] = sum[j]
///
/// An update whose load would leave its tensor at the end of a tile that is written out reads the last element again instead:
///
///     unrolled for i in 0..8                           unrolled for i in 0..8
///       if i0 + i < m: sum[i] += x[i0 + i, k]    =>      sum[i] += x[min(i0 + i, m - 1), k]
///
/// Needs: loads that stay inside their buffers, or can be kept there, of what is written; readers under the same condition.
/// Keeps: every output. `relax_terms` goes first.
constexpr ir::program relax_predicates(ir::program p) {
  p = relax_terms(p);
  detail::relaxation(p).run();
  return p;
}

}  // namespace tenon::lower
