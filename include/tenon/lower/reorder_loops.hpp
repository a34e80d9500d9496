#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/extent.hpp>
#include <tenon/lower/inside.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

namespace detail {

/// One nest on its way to another order. It is taken apart into leaves, the largest statements without a named loop, each
/// with the loops around it; these are sorted, and what has its outermost loops in common is put together again.
class nest_order {
 public:
  /// `positions`: for each axis its place in the list plus one, or 0.
  constexpr nest_order(ir::program& in, step const& line, std::uint8_t const* positions) : p(in), s(line), position(positions) {}

  /// Puts the nest into its new order; says why not, or nothing.
  constexpr text run(ir::node_id root) {
    ir::node_id const parent = ir::parent_of(p, root);
    find_named(root);
    chain around{};
    text why = take_apart(root, around, 0);
    if (!why.empty()) return why;
    for (leaf& l : leaves) l.now = sorted(l.was);
    for (storage& a : stores) {
      why = place(a);
      if (!why.empty()) return why;
    }
    ir::node_id const made = build(0, leaves.size(), 0);
    find_uses();
    why = conflict();
    if (!why.empty()) return why;
    if (parent == ir::node_id::none) {
      p.root = made;
    } else {
      ir::node& holder = p[parent];
      if (holder.what == ir::op::when) {
        if (holder.b == root) holder.b = made;
        if (holder.c == root) holder.c = made;
      } else if (holder.a == root) {
        holder.a = made;
      } else {
        holder.b = made;
      }
    }
    return {};
  }

 private:
  struct link {  // a loop that stands around some leaf
    ir::node_id node{};
    ir::axis_id axis{};
    int key = 0;
    bool reused = false;
  };
  using chain = static_vector<std::uint8_t, 16>;  // places in `links`, outermost first
  struct leaf {
    ir::node_id statement{};
    chain was{};
    chain now{};
    static_vector<std::uint16_t, 16> copies{};  // which copy of each loop of `now` stands around this leaf
  };
  struct storage {  // a buffer that exists around leaves first..last-1
    ir::node_id node{};
    std::size_t first = 0;
    std::size_t last = 0;
    std::size_t depth = 0;  // how many loops of its leaves stay around it
    chain around{};
    bool placed = false;
  };
  struct use {
    std::size_t leaf = 0;
    ir::access_id access{};
    ir::buffer_id of{};
    bool writes = false;
    bool reduces = false;
  };

  constexpr bool find_named(ir::node_id id) {
    if (id == ir::node_id::none) return false;
    ir::node const n = p[id];
    bool found = false;
    switch (n.what) {
      case ir::op::loop: found = find_named(n.a) || position[n.x] != 0; break;
      case ir::op::block:
        found = find_named(n.a);
        found |= find_named(n.b);
        break;
      case ir::op::when:
        found = find_named(n.b);
        found |= find_named(n.c);
        break;
      case ir::op::allocate:
      case ir::op::together:
      case ir::op::tensorized: found = find_named(n.a); break;
      default: break;
    }
    return holds_named[static_cast<std::size_t>(id)] = found;
  }

  constexpr text take_apart(ir::node_id id, chain const& around, int key) {
    ir::node const n = p[id];
    if (!holds_named[static_cast<std::size_t>(id)]) {
      if (leaves.full()) return text{} << s << ": the nest has more statements than reorder can hold; reorder earlier";
      leaves.push_back({.statement = id, .was = around});
      return {};
    }
    switch (n.what) {
      case ir::op::block: {
        text const why = take_apart(n.a, around, key);
        return why.empty() ? take_apart(n.b, around, key) : why;
      }
      case ir::op::allocate: {
        std::size_t const at = stores.size();
        stores.push_back({.node = id, .first = leaves.size(), .around = around});
        text const why = take_apart(n.a, around, key);
        stores[at].last = leaves.size();
        return why;
      }
      case ir::op::loop: {
        // A loop that is not named keeps its place behind the named one it stands in.
        int const own = position[n.x] != 0 ? position[n.x] * 64 : key + 1;
        chain inside = around;
        if (links.full() || inside.full()) return text{} << s << ": the nest has more loops than reorder can hold; reorder earlier";
        inside.push_back(static_cast<std::uint8_t>(links.size()));
        links.push_back({.node = id, .axis = n.axis(), .key = own});
        return take_apart(n.a, inside, own);
      }
      default: return text{} << s << ": a condition stands between these loops; reorder first";
    }
  }

  constexpr chain sorted(chain c) const {
    for (std::size_t n = 1; n < c.size(); ++n) {
      for (std::size_t m = n; m > 0 && links[c[m]].key < links[c[m - 1]].key; --m) {
        std::uint8_t const moved = c[m];
        c[m] = c[m - 1];
        c[m - 1] = moved;
      }
    }
    return c;
  }
  static constexpr bool has(chain const& c, std::uint8_t l) {
    for (std::uint8_t other : c) {
      if (other == l) return true;
    }
    return false;
  }

  /// Finds where a buffer is allocated from now on. It gets a dimension for each loop that now stands inside of that.
  constexpr text place(storage& a) {
    chain const& front = leaves[a.first].now;
    std::size_t common = front.size();
    for (std::size_t l = a.first + 1; l < a.last; ++l) {
      chain const& other = leaves[l].now;
      std::size_t same = 0;
      while (same < common && same < other.size() && other[same] == front[same]) ++same;
      common = same;
    }
    while (a.depth < common && has(a.around, front[a.depth])) ++a.depth;
    chain moved{};
    for (std::uint8_t l : sorted(a.around)) {
      bool outside = false;
      for (std::size_t n = 0; n < a.depth; ++n) outside |= front[n] == l;
      if (!outside) moved.push_back(l);
    }
    return moved.empty() ? text{} : expand(p[a.node].buffer(), moved);
  }

  constexpr text expand(ir::buffer_id id, chain const& by) {
    ir::buffer& b = p[id];
    std::size_t const more = by.size();
    if (!b.accumulates) {
      return text{} << s << ": " << b.name << " is computed and used inside " << p[links[by[0]].axis].name
                    << ", which would no longer stand around both; reorder before the step that put " << b.name << " there";
    }
    if (b.rank + more > ir::max_rank) {
      return text{} << s << ": " << b.name << " would need " << b.rank + more << " dimensions, and at most " << ir::max_rank
                    << " are possible; leave more loops outside the reduction";
    }
    for (std::uint8_t l : by) {
      ir::axis const& a = p[links[l].axis];
      if (!ir::is_constant(p, a.extent)) {
        return text{} << s << ": inside the reduction, " << a.name << " would need one partial result for each of its iterations, and it runs "
                      << written_extent(p, a.extent) << " times, which is no constant; split "
                      << a.name << " and leave " << a.name.part("outer") << " outside";
      }
    }
    ir::node_id counters[ir::max_rank]{};
    for (std::size_t n = 0; n < more; ++n) counters[n] = ir::add_counter(p, links[by[n]].axis);
    auto const put_in_front = [&](auto* items, auto const& first) {
      for (std::size_t d = b.rank; d-- > 0;) items[d + more] = items[d];
      for (std::size_t d = 0; d < more; ++d) items[d] = first(d);
    };
    for (ir::access& a : p.accesses) {
      if (a.of != id) continue;
      put_in_front(a.at, [&](std::size_t d) { return counters[d]; });
      a.rank = static_cast<std::uint8_t>(a.rank + more);
    }
    put_in_front(b.extents, [&](std::size_t d) { return p[links[by[d]].axis].extent; });
    put_in_front(b.padding, [](std::size_t) { return 0; });
    b.rank = static_cast<std::uint8_t>(b.rank + more);
    return {};
  }

  constexpr storage* starting_at(std::size_t at, std::size_t depth) {
    for (storage& a : stores) {
      if (!a.placed && a.first == at && a.depth == depth) return &a;
    }
    return nullptr;
  }

  /// The statement made of leaves from..to-1, inside the `depth` loops that they share.
  constexpr ir::node_id build(std::size_t from, std::size_t to, std::size_t depth) {
    static_vector<ir::node_id, 32> pieces{};
    for (std::size_t at = from; at < to;) {
      if (storage* const a = starting_at(at, depth)) {
        a->placed = true;
        ir::node_id const node = a->node;
        at = a->last;
        ir::node_id const body = build(a->first, a->last, depth);
        p[node].a = body;
        pieces.push_back(node);
      } else if (leaves[at].now.size() > depth) {
        std::uint8_t const over = leaves[at].now[depth];
        std::size_t end = at;
        do {
          leaves[end].copies.push_back(copies);
          ++end;
        } while (end < to && leaves[end].now.size() > depth && leaves[end].now[depth] == over && !starting_at(end, depth));
        ++copies;
        ir::node_id const body = build(at, end, depth + 1);
        link& l = links[over];
        // The first copy of a loop is the loop itself: most orders then need no further nodes.
        ir::node_id const node = l.reused ? p.add(ir::node(p[l.node])) : l.node;
        l.reused = true;
        p[node].a = body;
        pieces.push_back(node);
        at = end;
      } else {
        pieces.push_back(leaves[at++].statement);
      }
    }
    ir::node_id made = ir::node_id::none;
    for (std::size_t n = pieces.size(); n-- > 0;) made = ir::add_block(p, pieces[n], made);
    return made;
  }

  /// What the leaves read and write, but for what a leaf keeps to itself and what nobody writes here.
  constexpr void find_uses() {
    bool written[decltype(p.buffers)::capacity]{};
    bool own[decltype(p.buffers)::capacity]{};
    for (leaf const& l : leaves) {
      ir::each_statement(p, l.statement, [&](ir::node_id n) {
        if (p[n].what == ir::op::allocate) own[p[n].x] = true;
        if (p[n].what == ir::op::store) written[static_cast<std::size_t>(p[p[n].access()].of)] = true;
      });
    }
    for (std::size_t l = 0; l < leaves.size(); ++l) {
      auto const note = [&](ir::access_id a, bool writes, bool reduces) {
        auto const of = static_cast<std::size_t>(p[a].of);
        if (!written[of] || own[of]) return;
        for (use const& u : uses) {
          if (u.leaf == l && u.access == a && u.writes == writes && u.reduces == reduces) return;
        }
        uses.push_back({l, a, p[a].of, writes, reduces});
      };
      ir::each_statement(p, leaves[l].statement, [&](ir::node_id n) {
        if (p[n].what == ir::op::store) note(p[n].access(), true, p[n].value != 0);
        ir::each_value_of(p, n, [&](ir::node_id v) {
          if (p[v].what == ir::op::load) note(p[v].access(), false, false);
        });
      });
    }
  }

  constexpr bool same_element(ir::access_id a, ir::access_id b) const {
    if (a == b) return true;
    for (int d = 0; d < p[a].rank; ++d) {
      if (!ir::same_value(p, p[a].at[d], p[b].at[d])) return false;
    }
    return true;
  }
  /// Whether no element is both of these, whatever the loops count.
  constexpr bool never_meet(ir::access_id a, ir::access_id b) const {
    for (int d = 0; d < p[a].rank; ++d) {
      if (always_less(p, p[a].at[d], p[b].at[d]) || always_less(p, p[b].at[d], p[a].at[d])) return true;
    }
    return false;
  }
  constexpr bool moves_with(ir::access_id id, std::uint8_t l) const {
    for (int d = 0; d < p[id].rank; ++d) {
      if (ir::depends_on(p, p[id].at[d], links[l].axis)) return true;
    }
    return false;
  }

  /// Two uses of one buffer that the new order could bring into another sequence; says which, or nothing.
  constexpr text conflict() const {
    for (std::size_t n = 0; n < uses.size(); ++n) {
      for (std::size_t m = n; m < uses.size(); ++m) {
        use const& u = uses[n];
        use const& v = uses[m];
        if (u.of != v.of || !(u.writes || v.writes)) continue;
        text const why = conflict(u, v);
        if (!why.empty()) return why;
      }
    }
    return {};
  }

  constexpr text conflict(use const& u, use const& v) const {
    leaf const& first = leaves[u.leaf];
    leaf const& then = leaves[v.leaf];
    chain private_to{};  // each iteration of these has a buffer, or a part of it, of its own
    for (storage const& a : stores) {
      if (p[a.node].buffer() == u.of) private_to = a.around;
    }
    chain both{};
    for (std::size_t n = 0; n < first.was.size() && n < then.was.size() && first.was[n] == then.was[n]; ++n) {
      if (!has(private_to, first.was[n]) && !runs_once(first.was[n])) both.push_back(first.was[n]);
    }
    bool const same = same_element(u.access, v.access);
    if (!same && never_meet(u.access, v.access)) return {};
    bool const terms = u.leaf == v.leaf && same && (u.reduces || v.reduces) && (u.reduces || !u.writes) && (v.reduces || !v.writes);
    for (std::size_t n = 0; n < both.size(); ++n) {
      bool const apart = !together(first, then, both[n]);
      if (apart && !(same && moves_with(u.access, both[n]))) return refuse_apart(u.of, both[n]);
      for (std::size_t m = n + 1; m < both.size(); ++m) {
        if (links[both[n]].key < links[both[m]].key || terms) continue;
        if (same && (moves_with(u.access, both[n]) || moves_with(u.access, both[m]))) continue;
        return refuse_swap(u.of, both[n], both[m]);
      }
    }
    return {};
  }

  /// Whether the loop has at most one iteration, as what is left over by a split has: nothing can change places with it.
  constexpr bool runs_once(std::uint8_t l) const { return limit_of(p, p[links[l].axis].extent, true).value_or(2) <= 1; }

  /// Whether one copy of the loop stands around both.
  constexpr bool together(leaf const& a, leaf const& b, std::uint8_t l) const {
    for (std::size_t n = 0; n < a.now.size(); ++n) {
      if (a.now[n] != l) continue;
      return n < b.copies.size() && a.copies[n] == b.copies[n];
    }
    return false;
  }

  constexpr text refuse_apart(ir::buffer_id b, std::uint8_t l) const {
    label const& name = p[links[l].axis].name;
    return text{} << s << ": " << p[b].name << " is written and used in each iteration of " << name << ", and " << name
                  << " would no longer stand around both; keep " << name << " further out";
  }
  constexpr text refuse_swap(ir::buffer_id b, std::uint8_t outer, std::uint8_t inner) const {
    label const& o = p[links[outer].axis].name;
    label const& i = p[links[inner].axis].name;
    return text{} << s << ": iterations of " << o << " and " << i << " write or read the same elements of " << p[b].name
                  << ", one after another, and " << i << " outside " << o << " is another sequence; keep " << o << " outside " << i;
  }

  ir::program& p;
  step const& s;
  std::uint8_t const* position;
  bool holds_named[decltype(p.nodes)::capacity]{};
  static_vector<link, 64> links{};
  static_vector<leaf, 32> leaves{};
  static_vector<storage, 16> stores{};
  static_vector<use, 96> uses{};
  std::uint16_t copies = 0;
};

/// The outermost loops under `id` that are named, each the root of a nest to put in order.
constexpr void find_roots(ir::program const& p, ir::node_id id, std::uint8_t const* position, static_vector<ir::node_id, 64>& to) {
  if (id == ir::node_id::none) return;
  ir::node const n = p[id];
  switch (n.what) {
    case ir::op::loop:
      if (position[n.x] != 0) {
        to.push_back(id);
      } else {
        find_roots(p, n.a, position, to);
      }
      break;
    case ir::op::when:
      find_roots(p, n.b, position, to);
      find_roots(p, n.c, position, to);
      break;
    case ir::op::block:
      find_roots(p, n.a, position, to);
      find_roots(p, n.b, position, to);
      break;
    case ir::op::allocate:
    case ir::op::tensorized: find_roots(p, n.a, position, to); break;
    default: break;
  }
}

/// Which of the loops named stand under `root`, as bits.
constexpr std::uint32_t named_under(ir::program const& p, ir::node_id root, std::uint8_t const* position) {
  std::uint32_t found = 0;
  ir::each_statement(p, root, [&](ir::node_id n) {
    if (p[n].what == ir::op::loop && position[p[n].x] != 0) found |= 1u << (position[p[n].x] - 1);
  });
  return found;
}

}  // namespace detail

/// Puts loops of one nest into the order of the list. What stands between them is distributed over the loops that come to
/// stand inside, and accumulators get a dimension for each of those.
///
///     for i.outer                              for i.outer
///       for i.inner                              acc[i.inner]
///         acc                                    for i.inner
///         acc = 0                        =>        acc[i.inner] = 0
///         for k                                  for k
///           acc = acc + term                       for i.inner
///         y = acc                                    acc[i.inner] = acc[i.inner] + term
///                                                for i.inner
///                                                  y = acc[i.inner]
///
/// A loop that is not named follows the named loop it stood in.
/// Needs: loops of one nest; a constant extent for each loop that moves into a reduction's loop; and where two iterations
/// use one element, that they keep their sequence, unless both add terms to one reduction.
/// Keeps: every iteration, and the order of the terms of a sum unless loops of that reduction change places.
constexpr ir::program reorder_loops(ir::program p, step const& s) {
  std::uint8_t position[decltype(p.axes)::capacity]{};
  for (std::size_t n = 0; n < s.loops.size(); ++n) {
    named_axes const found = find_axes(p, s, s.loops[n]);
    if (found.refused) return ir::refuse(p, found.refused.sentence);
    for (ir::axis_id a : found.axes) {
      std::uint8_t& place = position[static_cast<std::size_t>(a)];
      if (place != 0) return ir::refuse(p, text{} << s << ": " << s.loops[n] << " is named twice; name each loop once");
      place = static_cast<std::uint8_t>(n + 1);
    }
  }
  static_vector<ir::node_id, 64> roots{};
  detail::find_roots(p, p.root, position, roots);
  std::uint32_t const all = (1u << s.loops.size()) - 1;
  std::uint32_t most = 0;
  for (ir::node_id root : roots) {
    std::uint32_t const under = detail::named_under(p, root, position);
    if (std::popcount(under) > std::popcount(most)) most = under;
  }
  if (most != all) {
    auto const missing = static_cast<std::size_t>(std::countr_one(most));
    auto const present = static_cast<std::size_t>(std::countr_zero(most));
    return ir::refuse(p, text{} << s << ": " << s.loops[missing] << " stands neither around " << s.loops[present]
                                << " nor inside it; name loops of one nest");
  }
  ir::program made = p;
  for (ir::node_id root : roots) {
    if (std::popcount(detail::named_under(made, root, position)) < 2) continue;
    text const why = detail::nest_order{made, s, position}.run(root);
    if (!why.empty()) return ir::refuse(p, why);
  }
  return made;
}

}  // namespace tenon::lower
