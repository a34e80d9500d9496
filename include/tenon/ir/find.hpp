#pragma once

#include <cstddef>

#include <tenon/ir/program.hpp>

/// Walks over the statements and values of a program.
namespace tenon::ir {

namespace detail {

/// A walk over a tree, parents first: what is still to come. One class for all that visit, so that a visitor costs little to compile.
class walk {
 public:
  constexpr explicit walk(node_id root) { later(root); }

  constexpr bool done() const { return pending.empty(); }
  constexpr node_id at() const { return pending.back(); }
  /// On from statement `at()`, as it now is, to what runs next.
  constexpr void next_statement(program const& p) {
    node const& n = p[take()];
    if (n.what == op::when) {
      later(n.c);
      later(n.b);
    } else if (n.what != op::store && n.what != op::prefetch) {
      if (n.what == op::block) later(n.b);
      later(n.a);
    }
  }
  /// On from value `at()` to what it is made of.
  constexpr void next_value(program const& p) {
    node const& n = p[take()];
    if (n.what == op::load) {
      access const& a = p[n.access()];
      for (int d = a.rank - 1; d >= 0; --d) later(a.at[d]);
    } else {
      later(n.c);
      later(n.b);
      later(n.a);
    }
  }

 private:
  constexpr node_id take() {
    node_id const taken = pending.back();
    pending.pop_back();
    return taken;
  }
  constexpr void later(node_id id) {
    if (id != node_id::none) pending.push_back(id);
  }

  static_vector<node_id, decltype(program::nodes)::capacity> pending{};
};

}  // namespace detail

/// Calls `visit(id)` for every statement under `root`, in the order in which they run; parents come first.
template <class Visit>
constexpr void each_statement(program const& p, node_id root, Visit&& visit) {
  for (detail::walk w(root); !w.done(); w.next_statement(p)) visit(w.at());
}

/// Calls `visit(id)` for every value that `root` is made of, itself included, and the indices of its loads. A value used twice is visited twice.
template <class Visit>
constexpr void each_value(program const& p, node_id root, Visit&& visit) {
  for (detail::walk w(root); !w.done(); w.next_value(p)) visit(w.at());
}

/// Calls `visit(id)` for every value that the one statement `s` computes itself: what is stored, where, and when.
template <class Visit>
constexpr void each_value_of(program const& p, node_id s, Visit&& visit) {
  node const n = p[s];
  if (n.what == op::store || n.what == op::prefetch) {
    access const a = p[n.access()];
    for (int d = 0; d < a.rank; ++d) each_value(p, a.at[d], visit);
  }
  if (n.what == op::store) {
    each_value(p, n.a, visit);
    if (n.b != node_id::none) each_value(p, n.b, visit);
  }
  if (n.what == op::when) each_value(p, n.a, visit);
}

/// Whether a value depends on the counter of an axis.
constexpr bool depends_on(program const& p, node_id value, axis_id a) {
  bool found = false;
  each_value(p, value, [&](node_id id) { found |= p[id].what == op::counter && p[id].axis() == a; });
  return found;
}

/// Whether `inner` stands somewhere under `outer` (or is it).
constexpr bool contains(program const& p, node_id outer, node_id inner) {
  bool found = false;
  each_statement(p, outer, [&](node_id id) { found |= id == inner; });
  return found;
}

/// The statement whose direct child is `child`, or none if it is the root or not in the tree.
constexpr node_id parent_of(program const& p, node_id child) {
  node_id parent = node_id::none;
  each_statement(p, p.root, [&](node_id id) {
    node const& n = p[id];
    bool const holds = n.what == op::when                              ? n.b == child || n.c == child
                       : n.what == op::store || n.what == op::prefetch ? false
                                                                       : n.a == child || n.b == child;
    if (holds) parent = id;
  });
  return parent;
}

/// Puts `replacement` where the statement `old` stands.
constexpr void replace(program& p, node_id old, node_id replacement) {
  if (p.root == old) {
    p.root = replacement;
    return;
  }
  node_id const parent = parent_of(p, old);
  ensure(parent != node_id::none);
  node& n = p[parent];
  if (n.what == op::when) {
    if (n.b == old) n.b = replacement;
    if (n.c == old) n.c = replacement;
  } else {
    if (n.a == old) n.a = replacement;
    if (n.b == old) n.b = replacement;
  }
}

/// The constant a value is, or `otherwise`.
constexpr std::int64_t constant_or(program const& p, node_id id, std::int64_t otherwise) {
  return p[id].what == op::constant ? p[id].value : otherwise;
}

}  // namespace tenon::ir
