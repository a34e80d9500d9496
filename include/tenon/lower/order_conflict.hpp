#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/inside.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

/// A loop of the nest.
struct nest_link {
  ir::node_id node{};
  ir::axis_id axis{};
  int key = 0;  // the new order is that of the keys
  bool reused = false;
};

/// Loops around a statement, as places in `nest_parts::links`, outermost first.
using nest_chain = static_vector<std::uint8_t, 16>;

/// A statement, with the loops that stood around it and those that do now.
struct nest_leaf {
  ir::node_id statement{};
  nest_chain was{};
  nest_chain now{};
  static_vector<std::uint16_t, 16> copies{};  // which copy of each loop of `now` stands around this leaf
};

/// A buffer that exists around leaves first..last-1.
struct nest_storage {
  ir::node_id node{};
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t depth = 0;  // how many loops of its leaves stay around it
  nest_chain around{};
  bool placed = false;
};

/// A nest taken apart: what `reorder_loops` sorts and puts together again.
struct nest_parts {
  static_vector<nest_link, 64> links{};
  static_vector<nest_leaf, 32> leaves{};
  static_vector<nest_storage, 16> stores{};
};

/// Whether the loop is one of the chain.
constexpr bool has_link(nest_chain const& c, std::uint8_t l) {
  for (std::uint8_t other : c) {
    if (other == l) return true;
  }
  return false;
}

namespace detail {

/// Looks for two uses of one element whose sequence a new order would change.
class order_conflict {
 public:
  constexpr order_conflict(ir::program const& in, step const& line, nest_parts const& of) : p(in), s(line), parts(of) {
    find_uses();
  }

  /// The first such pair as a sentence, or nothing.
  constexpr text find() const {
    if (too_many) return text{} << s << ": the nest reads and writes more than reorder can compare; reorder earlier";
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

 private:
  struct use {
    std::size_t leaf = 0;
    ir::access_id access{};
    ir::buffer_id of{};
    bool writes = false;
    bool reduces = false;
  };

  /// What the parts.leaves read and write, but for what a leaf keeps to itself and what nobody writes here.
  constexpr void find_uses() {
    bool written[decltype(p.buffers)::capacity]{};
    bool own[decltype(p.buffers)::capacity]{};
    for (nest_leaf const& l : parts.leaves) {
      ir::each_statement(p, l.statement, [&](ir::node_id n) {
        if (p[n].what == ir::op::allocate) own[p[n].x] = true;
        if (p[n].what == ir::op::store) written[static_cast<std::size_t>(p[p[n].access()].of)] = true;
      });
    }
    for (std::size_t l = 0; l < parts.leaves.size(); ++l) {
      auto const note = [&](ir::access_id a, bool writes, bool reduces) {
        auto const of = static_cast<std::size_t>(p[a].of);
        if (!written[of] || own[of]) return;
        for (use const& u : uses) {
          if (u.leaf == l && u.access == a && u.writes == writes && u.reduces == reduces) return;
        }
        if (uses.full()) {
          too_many = true;
          return;
        }
        uses.push_back({l, a, p[a].of, writes, reduces});
      };
      ir::each_statement(p, parts.leaves[l].statement, [&](ir::node_id n) {
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
      if (ir::depends_on(p, p[id].at[d], parts.links[l].axis)) return true;
    }
    return false;
  }

  constexpr text conflict(use const& u, use const& v) const {
    nest_leaf const& first = parts.leaves[u.leaf];
    nest_leaf const& then = parts.leaves[v.leaf];
    nest_chain private_to{};  // each iteration of these has a buffer, or a part of it, of its own
    for (nest_storage const& a : parts.stores) {
      if (p[a.node].buffer() == u.of) private_to = a.around;
    }
    nest_chain both{};
    for (std::size_t n = 0; n < first.was.size() && n < then.was.size() && first.was[n] == then.was[n]; ++n) {
      if (!has_link(private_to, first.was[n]) && !runs_once(first.was[n])) both.push_back(first.was[n]);
    }
    bool const same = same_element(u.access, v.access);
    if (!same && never_meet(u.access, v.access)) return {};
    bool const terms =
        u.leaf == v.leaf && same && (u.reduces || v.reduces) && (u.reduces || !u.writes) && (v.reduces || !v.writes);
    for (std::size_t n = 0; n < both.size(); ++n) {
      bool const apart = !together(first, then, both[n]);
      if (apart && !(same && moves_with(u.access, both[n]))) return refuse_apart(u.of, both[n]);
      for (std::size_t m = n + 1; m < both.size(); ++m) {
        if (parts.links[both[n]].key < parts.links[both[m]].key || terms) continue;
        if (same && (moves_with(u.access, both[n]) || moves_with(u.access, both[m]))) continue;
        return refuse_swap(u.of, both[n], both[m]);
      }
    }
    return {};
  }

  /// Whether the loop has at most one iteration, as what is left over by a split has: nothing can change places with it.
  constexpr bool runs_once(std::uint8_t l) const {
    return greatest_of(p, p[parts.links[l].axis].extent).value_or(2) <= 1;
  }

  /// Whether one copy of the loop stands around both.
  constexpr bool together(nest_leaf const& a, nest_leaf const& b, std::uint8_t l) const {
    for (std::size_t n = 0; n < a.now.size(); ++n) {
      if (a.now[n] != l) continue;
      return n < b.copies.size() && a.copies[n] == b.copies[n];
    }
    return false;
  }

  constexpr text refuse_apart(ir::buffer_id b, std::uint8_t l) const {
    label const& name = p[parts.links[l].axis].name;
    return text{} << s << ": " << p[b].name << " is written and used in each iteration of " << name << ", and " << name
                  << " would no longer stand around both; keep " << name << " further out";
  }
  constexpr text refuse_swap(ir::buffer_id b, std::uint8_t outer, std::uint8_t inner) const {
    label const& o = p[parts.links[outer].axis].name;
    label const& i = p[parts.links[inner].axis].name;
    return text{} << s << ": iterations of " << o << " and " << i << " write or read the same elements of " << p[b].name
                  << ", one after another, and " << i << " outside " << o << " is another sequence; keep " << o
                  << " outside " << i;
  }

  ir::program const& p;
  step const& s;
  nest_parts const& parts;
  static_vector<use, 96> uses{};
  bool too_many = false;
};

}  // namespace detail

/// Why the nest cannot be put together in its new order, or nothing: two uses of one element would change their sequence,
/// and they are not terms of one reduction.
constexpr text find_order_conflict(ir::program const& p, step const& s, nest_parts const& parts) {
  return detail::order_conflict{p, s, parts}.find();
}

}  // namespace tenon::lower
