#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/analysis/box.hpp>
#include <tenon/analysis/interval.hpp>
#include <tenon/analysis/proof.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/ir/spell.hpp>
#include <tenon/ir/uses.hpp>
#include <tenon/support/static_vector.hpp>

namespace tenon::analysis {

namespace detail {

class coverage_prover {
 public:
  constexpr explicit coverage_prover(ir::program const& what) : p(what) {}

  constexpr proof run() {
    if (p.root != ir::node_id::none) statement(p.root, {});
    if (stores.full() || reads.full() || too_deep)
      return {answer::unknown, text{"this operator: it is too large to prove what it writes"}};
    for (std::size_t b = 1; b <= p.arguments; ++b) {
      if (p.buffers[b].use == ir::role::output) output(static_cast<ir::buffer_id>(b));
    }
    for (read const& r : reads) before(r);
    return result;
  }

 private:
  /// One side of a `when`.
  struct side {
    ir::node_id when{};
    bool holds = false;
    constexpr bool operator==(side const&) const = default;
  };
  /// The loops around a statement, outermost first, and likewise the sides of `when` that it stands on.
  struct place {
    static_vector<ir::node_id, 24> loops{};
    static_vector<side, 12> sides{};
    int order = 0;  // by the order in which statements stand
  };
  struct write {
    ir::node_id store{};
    place at{};
  };
  struct read {
    ir::access_id where{};
    place at{};
    ir::node_id condition{};
    bool guarded = false;
    bool copied = false;  // to another temporary: what nothing wrote stays nothing
  };

  constexpr void statement(ir::node_id id, place at) {
    ir::node const& n = p[id];
    switch (n.what) {
      case ir::op::loop:
        too_deep |= at.loops.full();
        if (too_deep || ir::constant_or(p, p[n.axis()].extent, 1) <= 0) return;
        at.loops.push_back(id);
        return statement(n.a, at);
      case ir::op::block: statement(n.a, at); return statement(n.b, at);
      case ir::op::when:
        too_deep |= at.sides.full();
        if (too_deep) return;
        at.sides.push_back({id, true});
        if (n.b != ir::node_id::none) statement(n.b, at);
        at.sides.pop_back();
        at.sides.push_back({id, false});
        if (n.c != ir::node_id::none) statement(n.c, at);
        return;
      case ir::op::store:
        at.order = ++order;
        ++stamp;
        copied = p[p[n.access()].of].use == ir::role::temporary ? n.a : ir::node_id::none;
        value(n.a, at, n.b, false);
        if (!stores.full()) stores.push_back({id, at});
        return;
      case ir::op::prefetch:
      case ir::op::barrier:
      case ir::op::wait: return;
      default: return statement(n.a, at);
    }
  }
  constexpr void value(ir::node_id id, place const& at, ir::node_id condition, bool guarded) {
    if (id == ir::node_id::none || seen[static_cast<std::size_t>(id)] == stamp) return;
    seen[static_cast<std::size_t>(id)] = stamp;
    ir::node const& n = p[id];
    if (n.what == ir::op::load) {
      ir::access const& a = p[n.access()];
      if (p[a.of].use == ir::role::temporary && !reads.full())
        reads.push_back({n.access(), at, condition, guarded, id == copied});
      for (int d = 0; d < a.rank; ++d) value(a.at[d], at, condition, guarded);
      return;
    }
    if (n.what < ir::op::load) return;
    value(n.a, at, condition, guarded);
    value(n.b, at, condition, guarded || n.what == ir::op::guarded);
    value(n.c, at, condition, guarded || n.what == ir::op::guarded);
  }

  constexpr ir::uses axes_from(place const& at, std::size_t depth) const {
    ir::uses made{};
    for (std::size_t n = depth; n < at.loops.size(); ++n) made.add(p[at.loops[n]].axis());
    return made;
  }
  constexpr text named(ir::buffer_id b) const { return text{} << p[b].name; }

  /// Whether each `when` around a store asks for nothing but what the store's own condition says.
  constexpr bool runs_when_it_would(write const& w) const {
    facts known(p);
    if (p[w.store].b != ir::node_id::none) known.assume(p[w.store].b);
    for (side const& s : w.at.sides) {
      if (!s.holds || !always(known, p[s.when].a)) return false;
    }
    return true;
  }
  constexpr bool always(facts const& known, ir::node_id condition) const {
    ir::node const& n = p[condition];
    if (n.what == ir::op::logical_and) return always(known, n.a) && always(known, n.b);
    return n.what == ir::op::less && p[n.a].type == ir::index_type && known.always_less(n.a, n.b);
  }
  /// Whether a condition of the write, its own or of a `when` around it, looks at the counter.
  constexpr bool asked_about(write const& w, ir::axis_id counter) const {
    ir::uses_table uses(p);
    bool found = p[w.store].b != ir::node_id::none && uses.of(p[w.store].b).has(counter);
    for (side const& s : w.at.sides) found |= uses.of(p[s.when].a).has(counter);
    return found;
  }
  /// Whether each `when` around the write is around the read too, on the same side.
  constexpr bool runs_before(write const& w, read const& r) const {
    if (w.at.sides.size() > r.at.sides.size()) return false;
    for (std::size_t n = 0; n < w.at.sides.size(); ++n) {
      if (!(w.at.sides[n] == r.at.sides[n])) return false;
    }
    return true;
  }

  /// Every element of an output is written by one iteration of one store.
  constexpr void output(ir::buffer_id b) {
    std::int64_t all = 1;
    for (int d = 0; d < p[b].rank; ++d) all *= ir::is_constant(p, p[b].extents[d]) ? p[p[b].extents[d]].value : 0;
    static_vector<box, 24> boxes{};
    bool clear = true;
    int writers = 0;
    for (write const& w : stores) {
      if (p[p[w.store].access()].of != b) continue;
      ++writers;
      box const made = box_of(p, w.store, axes_from(w.at, 0));
      clear &= made.clear && runs_when_it_would(w) && !boxes.full();
      if (made.clear && !made.once) {
        bool const certain = ir::is_constant(p, p[made.again].extent) && !asked_about(w, made.again);
        result.add(certain ? answer::no : answer::unknown,
                   text{} << p[b].name << " is written again with each turn of " << p[made.again].name
                          << ", which is not among its indices; let one loop of each dimension write it");
      }
      if (!boxes.full()) boxes.push_back(made);
    }
    if (writers == 0)
      return result.add(answer::no, named(b) << " is an output and nothing writes it; compute it or make it an input");
    if (!clear) return result.add(answer::unknown, named(b) << ": it is not proved that each element is written once");
    if (boxes.size() == 1) return whole(b, boxes[0]);
    std::int64_t written = 0;
    for (std::size_t n = 0; n < boxes.size(); ++n) {
      std::int64_t const size = volume(boxes[n]);
      if (size < 0 || all == 0)
        return result.add(answer::unknown, named(b) << ": it is not proved that each element is written once");
      written += size;
      for (std::size_t m = 0; m < n; ++m) {
        if (meet(boxes[n], boxes[m]))
          result.add(answer::unknown, named(b) << ": two stores write some of the same elements");
      }
    }
    if (written < all)
      result.add(answer::no, named(b) << ": " << written << " of its " << all
                                      << " elements are written; let the stages cover all of it");
  }
  constexpr void whole(ir::buffer_id b, box const& made) {
    for (int d = 0; d < made.rank; ++d) {
      ir::linear const missing = ir::add(p, ir::linear_of(p, p[b].extents[d]), made.end[d], -1);
      if (made.low[d] == ir::linear{} && missing == ir::linear{}) continue;
      bool const number = made.low[d].terms.empty() && missing.terms.empty();
      if (!number) {
        result.add(answer::unknown, named(b) << ": it is not proved that each element is written once");
        continue;
      }
      result.add(answer::no, text{} << p[b].name << " is written at " << made.low[d].constant << ".."
                                    << made.end[d].constant - 1 << " of dimension " << d << ", which has "
                                    << made.end[d].constant + missing.constant
                                    << " elements; let the loops cover all of it");
    }
  }
  static constexpr std::int64_t volume(box const& made) {
    std::int64_t size = 1;
    for (int d = 0; d < made.rank; ++d) {
      if (!made.low[d].terms.empty() || !made.end[d].terms.empty()) return -1;
      std::int64_t const side = made.end[d].constant - made.low[d].constant;
      size *= side < 0 ? 0 : side;
    }
    return size;
  }
  static constexpr bool meet(box const& a, box const& b) {
    for (int d = 0; d < a.rank; ++d) {
      if (a.end[d].constant <= b.low[d].constant || b.end[d].constant <= a.low[d].constant) return false;
    }
    return true;
  }

  /// What is read of a temporary was written before: by a store that stands ahead, in the same turn of the loops around both.
  constexpr void before(read const& r) {
    ir::buffer_id const b = p[r.where].of;
    bool any_ahead = false;
    for (write const& w : stores) {
      if (p[p[w.store].access()].of != b) continue;
      std::size_t common = 0;
      while (common < w.at.loops.size() && common < r.at.loops.size() && w.at.loops[common] == r.at.loops[common])
        ++common;
      bool const ahead = w.at.order < r.at.order;
      any_ahead |= ahead;
      if (ahead && runs_before(w, r) && holds(r, w, common)) return;
    }
    if (!any_ahead && !r.guarded && r.condition == ir::node_id::none && r.at.sides.empty()) {
      return result.add(answer::no, ir::spelled(p, r.where)
                                        << " is read before anything writes " << p[b].name << "; compute it first");
    }
    if (misses_all(r)) {
      return result.add(answer::no, ir::spelled(p, r.where)
                                        << " reads elements of " << p[b].name
                                        << " that nothing writes; let its loops cover what is read");
    }
    result.add(answer::unknown,
               text{} << "it is not proved that " << ir::spelled(p, r.where) << " was written before it is read");
  }
  constexpr bool holds(read const& r, write const& w, std::size_t common) const {
    box const made = box_of(p, w.store, axes_from(w.at, common));
    if (!made.clear) return false;
    if (is_whole(made, p[r.where].of)) return true;
    facts known(p);
    if (r.condition != ir::node_id::none) known.assume(r.condition);
    for (int d = 0; d < made.rank; ++d) {
      ir::linear const index = ir::linear_of(p, p[r.where].at[d]);
      ir::linear room = ir::add(p, made.end[d], index, -1);
      --room.constant;
      if (!known.never_negative(ir::add(p, index, made.low[d], -1)) || !known.never_negative(room)) return false;
    }
    return true;
  }
  /// All of the buffer: then whatever stays inside was written.
  constexpr bool is_whole(box const& made, ir::buffer_id b) const {
    for (int d = 0; d < made.rank; ++d) {
      if (!(made.low[d] == ir::linear{}) || !(made.end[d] == ir::linear_of(p, p[b].extents[d]))) return false;
    }
    return true;
  }
  /// Whether it reads, for certain, outside of all that is ever written.
  constexpr bool misses_all(read const& r) const {
    if (r.guarded || r.copied || r.condition != ir::node_id::none || !r.at.sides.empty()) return false;
    ir::access const& a = p[r.where];
    facts const known(p);
    for (int d = 0; d < a.rank; ++d) {
      ir::linear const index = ir::linear_of(p, a.at[d]);
      interval const range = known.range_of(index);
      if (!range.greatest.known || !known.is_exact(ir::add(p, ir::linear{}, index, -1))) continue;
      bool reached = false;
      for (write const& w : stores) {
        if (p[p[w.store].access()].of != a.of) continue;
        interval const written = known.range_of(p[p[w.store].access()].at[d]);
        reached |= !written.greatest.known || written.greatest.value >= range.greatest.value;
      }
      if (!reached) return true;
    }
    return false;
  }

  ir::program const& p;
  static_vector<write, 48> stores{};
  static_vector<read, 96> reads{};
  std::uint16_t seen[decltype(ir::program::nodes)::capacity]{};
  std::uint16_t stamp = 0;
  int order = 0;
  bool too_deep = false;
  ir::node_id copied = ir::node_id::none;
  proof result{};
};

}  // namespace detail

/// Whether every element of every output is written, by one iteration (or by the turns of a reduction), and what is read of
/// temporaries was written before. Takes for granted that
/// accesses stay inside their buffers. Sliding windows and elements computed twice are beyond it: unknown.
constexpr proof covers(ir::program const& p) { return detail::coverage_prover(p).run(); }

}  // namespace tenon::analysis
