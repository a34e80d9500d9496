#pragma once

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>

namespace tenon::ir {

/// What takes the place of counters (and formals) when values are copied.
struct substitution {
  struct pair {
    op what = op::counter;   // counter or formal
    std::int64_t which = 0;  // the axis, or the formal's number
    node_id by = node_id::none;
  };
  static_vector<pair, 24> pairs{};

  constexpr void counter(axis_id a, node_id by) { pairs.push_back({op::counter, static_cast<std::int64_t>(a), by}); }
  constexpr void formal(std::int64_t number, node_id by) { pairs.push_back({op::formal, number, by}); }
  constexpr node_id find(node const& n) const {
    std::int64_t const which = n.what == op::counter ? n.x : n.value;
    for (pair const& s : pairs) {
      if (s.what == n.what && s.which == which) return s.by;
    }
    return node_id::none;
  }
};

constexpr node_id clone_value(program& p, node_id id, substitution const& s);

/// The access with its indices copied; the same access if nothing in it is substituted.
constexpr access_id clone_access(program& p, access_id id, substitution const& s) {
  access made = p[id];
  bool changed = false;
  for (int d = 0; d < made.rank; ++d) {
    node_id const index = clone_value(p, made.at[d], s);
    changed |= index != made.at[d];
    made.at[d] = index;
  }
  return changed ? p.add(made) : id;
}

/// The value with counters replaced. What contains none of them is shared, not copied.
constexpr node_id clone_value(program& p, node_id id, substitution const& s) {
  if (id == node_id::none) return id;
  node n = p[id];
  if (n.what == op::counter || n.what == op::formal) {
    node_id const by = s.find(n);
    return by == node_id::none ? id : by;
  }
  if (n.what == op::load) {
    access_id const from = clone_access(p, n.access(), s);
    if (from == n.access()) return id;
    n.x = static_cast<std::uint16_t>(from);
    return p.add(n);
  }
  node_id const a = clone_value(p, n.a, s);
  node_id const b = clone_value(p, n.b, s);
  node_id const c = clone_value(p, n.c, s);
  if (a == n.a && b == n.b && c == n.c) return id;
  if (n.type == index_type && (is_binary(n.what)) && !is_comparison(n.what)) return add_index(p, n.what, a, b);
  n.a = a;
  n.b = b;
  n.c = c;
  return p.add(n);
}

/// The statement and all under it, copied. Loops keep their axes (two loops over one axis may stand beside each other);
/// values are copied only where the substitution changes them.
constexpr node_id clone_statement(program& p, node_id id, substitution const& s) {
  if (id == node_id::none) return id;
  node n = p[id];
  switch (n.what) {
    case op::store:
      n.a = clone_value(p, n.a, s);
      n.b = clone_value(p, n.b, s);
      n.x = static_cast<std::uint16_t>(clone_access(p, n.access(), s));
      break;
    case op::prefetch: n.x = static_cast<std::uint16_t>(clone_access(p, n.access(), s)); break;
    case op::when:
      n.a = clone_value(p, n.a, s);
      n.b = clone_statement(p, n.b, s);
      n.c = clone_statement(p, n.c, s);
      break;
    default: n.a = clone_statement(p, n.a, s); n.b = clone_statement(p, n.b, s);
  }
  return p.add(n);
}

}  // namespace tenon::ir
