#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/extent.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/lower/order_conflict.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

namespace detail {

/// One nest on its way to another order. It is taken apart into leaves, the largest statements without a named loop, each
/// with the loops around it; these are sorted, and what has its outermost loops in common is put together again.
class nest_order {
 public:
  /// `positions`: for each axis its place in the list plus one, or 0.
  constexpr nest_order(ir::program& in, step const& line, std::uint8_t const* positions)
      : p(in), s(line), position(positions) {}

  /// Puts the nest into its new order; says why not, or nothing.
  constexpr text run(ir::node_id root) {
    ir::node_id const parent = ir::parent_of(p, root);
    find_named(root);
    nest_chain around{};
    text why = take_apart(root, around, 0);
    if (!why.empty()) return why;
    for (nest_leaf& l : parts.leaves) l.now = sorted(l.was);
    for (nest_storage& a : parts.stores) {
      why = place(a);
      if (!why.empty()) return why;
    }
    ir::node_id const made = build(0, parts.leaves.size(), 0);
    why = find_order_conflict(p, s, parts);
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

  constexpr text take_apart(ir::node_id id, nest_chain const& around, int key) {
    ir::node const n = p[id];
    if (!holds_named[static_cast<std::size_t>(id)]) {
      if (parts.leaves.full())
        return text{} << s << ": the nest has more statements than reorder can hold; reorder earlier";
      parts.leaves.push_back({.statement = id, .was = around});
      return {};
    }
    switch (n.what) {
      case ir::op::block: {
        text const why = take_apart(n.a, around, key);
        return why.empty() ? take_apart(n.b, around, key) : why;
      }
      case ir::op::allocate: {
        if (parts.stores.full())
          return text{} << s << ": the nest has more buffers than reorder can hold; reorder earlier";
        std::size_t const at = parts.stores.size();
        parts.stores.push_back({.node = id, .first = parts.leaves.size(), .around = around});
        text const why = take_apart(n.a, around, key);
        parts.stores[at].last = parts.leaves.size();
        return why;
      }
      case ir::op::loop: {
        // A loop that is not named keeps its place behind the named one it stands in.
        int const own = position[n.x] != 0 ? position[n.x] * 64 : key + 1;
        nest_chain inside = around;
        if (parts.links.full() || inside.full())
          return text{} << s << ": the nest has more loops than reorder can hold; reorder earlier";
        inside.push_back(static_cast<std::uint8_t>(parts.links.size()));
        parts.links.push_back({.node = id, .axis = n.axis(), .key = own});
        return take_apart(n.a, inside, own);
      }
      default: return text{} << s << ": a condition stands between these loops; reorder first";
    }
  }

  constexpr nest_chain sorted(nest_chain c) const {
    for (std::size_t n = 1; n < c.size(); ++n) {
      for (std::size_t m = n; m > 0 && parts.links[c[m]].key < parts.links[c[m - 1]].key; --m) {
        std::uint8_t const moved = c[m];
        c[m] = c[m - 1];
        c[m - 1] = moved;
      }
    }
    return c;
  }

  /// Finds where a buffer is allocated from now on. It gets a dimension for each loop that now stands inside of that.
  constexpr text place(nest_storage& a) {
    nest_chain const& front = parts.leaves[a.first].now;
    std::size_t common = front.size();
    for (std::size_t l = a.first + 1; l < a.last; ++l) {
      nest_chain const& other = parts.leaves[l].now;
      std::size_t same = 0;
      while (same < common && same < other.size() && other[same] == front[same]) ++same;
      common = same;
    }
    while (a.depth < common && has_link(a.around, front[a.depth])) ++a.depth;
    nest_chain moved{};
    for (std::uint8_t l : sorted(a.around)) {
      bool outside = false;
      for (std::size_t n = 0; n < a.depth; ++n) outside |= front[n] == l;
      if (!outside) moved.push_back(l);
    }
    return moved.empty() ? text{} : expand(p[a.node].buffer(), moved);
  }

  constexpr text expand(ir::buffer_id id, nest_chain const& by) {
    ir::buffer& b = p[id];
    std::size_t const more = by.size();
    if (!b.accumulates) {
      return text{} << s << ": " << b.name << " is computed and used inside " << p[parts.links[by[0]].axis].name
                    << ", which would no longer stand around both; reorder before the step that put " << b.name
                    << " there";
    }
    if (b.rank + more > ir::max_rank) {
      return text{} << s << ": " << b.name << " would need " << b.rank + more << " dimensions, and at most "
                    << ir::max_rank << " are possible; leave more loops outside the reduction";
    }
    for (std::uint8_t l : by) {
      ir::axis const& a = p[parts.links[l].axis];
      if (!ir::is_constant(p, a.extent)) {
        return text{} << s << ": inside the reduction, " << a.name
                      << " would need one partial result for each of its iterations, and it runs "
                      << written_extent(p, a.extent) << " times, which is no constant; split " << a.name
                      << " and leave " << a.name.part("outer") << " outside";
      }
    }
    ir::node_id counters[ir::max_rank]{};
    for (std::size_t n = 0; n < more; ++n) counters[n] = ir::add_counter(p, parts.links[by[n]].axis);
    auto const put_in_front = [&](auto* items, auto const& first) {
      for (std::size_t d = b.rank; d-- > 0;) items[d + more] = items[d];
      for (std::size_t d = 0; d < more; ++d) items[d] = first(d);
    };
    for (ir::access& a : p.accesses) {
      if (a.of != id) continue;
      put_in_front(a.at, [&](std::size_t d) { return counters[d]; });
      a.rank = static_cast<std::uint8_t>(a.rank + more);
    }
    put_in_front(b.extents, [&](std::size_t d) { return p[parts.links[by[d]].axis].extent; });
    put_in_front(b.padding, [](std::size_t) { return 0; });
    b.rank = static_cast<std::uint8_t>(b.rank + more);
    return {};
  }

  constexpr nest_storage* starting_at(std::size_t at, std::size_t depth) {
    for (nest_storage& a : parts.stores) {
      if (!a.placed && a.first == at && a.depth == depth) return &a;
    }
    return nullptr;
  }

  /// The statement made of leaves from..to-1, inside the `depth` loops that they share.
  constexpr ir::node_id build(std::size_t from, std::size_t to, std::size_t depth) {
    static_vector<ir::node_id, 32> pieces{};
    for (std::size_t at = from; at < to;) {
      if (nest_storage* const a = starting_at(at, depth)) {
        a->placed = true;
        ir::node_id const node = a->node;
        at = a->last;
        ir::node_id const body = build(a->first, a->last, depth);
        p[node].a = body;
        pieces.push_back(node);
      } else if (parts.leaves[at].now.size() > depth) {
        std::uint8_t const over = parts.leaves[at].now[depth];
        std::size_t end = at;
        do {
          parts.leaves[end].copies.push_back(copies);
          ++end;
        } while (end < to && parts.leaves[end].now.size() > depth && parts.leaves[end].now[depth] == over &&
                 !starting_at(end, depth));
        ++copies;
        ir::node_id const body = build(at, end, depth + 1);
        nest_link& l = parts.links[over];
        // The first copy of a loop is the loop itself: most orders then need no further nodes.
        ir::node_id const node = l.reused ? p.add(ir::node(p[l.node])) : l.node;
        l.reused = true;
        p[node].a = body;
        pieces.push_back(node);
        at = end;
      } else {
        pieces.push_back(parts.leaves[at++].statement);
      }
    }
    ir::node_id made = ir::node_id::none;
    for (std::size_t n = pieces.size(); n-- > 0;) made = ir::add_block(p, pieces[n], made);
    return made;
  }

  ir::program& p;
  step const& s;
  std::uint8_t const* position;
  bool holds_named[decltype(p.nodes)::capacity]{};
  nest_parts parts{};
  std::uint16_t copies = 0;
};

/// The outermost loops under `id` that are named, each the root of a nest to put in order.
constexpr void find_roots(ir::program const& p, ir::node_id id, std::uint8_t const* position,
                          static_vector<ir::node_id, 64>& to) {
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
