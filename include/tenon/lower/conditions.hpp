#pragma once

#include <cstddef>

#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/inside.hpp>

/// Conditions as lists of parts, all of which have to hold.
namespace tenon::lower {

using conditions = static_vector<ir::node_id, 16>;

/// Adds the parts of a condition; none has no parts. A list that is full may miss some.
constexpr void split_condition(ir::program const& p, ir::node_id condition, conditions& parts) {
  if (condition == ir::node_id::none) return;
  if (p[condition].what == ir::op::logical_and) {
    split_condition(p, p[condition].a, parts);
    split_condition(p, p[condition].b, parts);
  } else if (!parts.full()) {
    parts.push_back(condition);
  }
}

constexpr bool has(ir::program const& p, conditions const& all, ir::node_id part) {
  for (ir::node_id c : all) {
    if (ir::same_value(p, c, part)) return true;
  }
  return false;
}
constexpr bool has_all(ir::program const& p, conditions const& all, conditions const& parts) {
  for (ir::node_id c : parts) {
    if (!has(p, all, c)) return false;
  }
  return true;
}

/// Whether the condition says that an index of the access is not negative, or below its extent.
constexpr bool says_inside(ir::program const& p, ir::node_id condition, ir::access const& at) {
  ir::node const& n = p[condition];
  for (int d = 0; d < at.rank; ++d) {
    if (n.what == ir::op::less_equal && ir::is_constant(p, n.a, 0) && ir::same_value(p, n.b, at.at[d])) return true;
    if (n.what == ir::op::less && ir::same_value(p, n.a, at.at[d]) && ir::same_value(p, n.b, p[at.of].extents[d])) {
      return true;
    }
  }
  return false;
}

/// Whether conditions, or the loops alone, keep an index of an access inside its dimension.
constexpr bool stays_inside(ir::program const& p, ir::access const& a, int d, conditions const& given) {
  bool above = never_negative(p, a.at[d]);
  bool below = always_below(p, a.at[d], p[a.of].extents[d]);
  for (ir::node_id c : given) {
    ir::node const& n = p[c];
    above |= n.what == ir::op::less_equal && ir::is_constant(p, n.a, 0) && ir::same_value(p, n.b, a.at[d]);
    below |= n.what == ir::op::less && ir::same_value(p, n.a, a.at[d]) && ir::same_value(p, n.b, p[a.of].extents[d]);
  }
  return above && below;
}
/// Likewise all of its indices.
constexpr bool stays_inside(ir::program const& p, ir::access const& a, conditions const& given = {}) {
  for (int d = 0; d < a.rank; ++d) {
    if (!stays_inside(p, a, d, given)) return false;
  }
  return true;
}

/// Calls `visit(load, guards)` for the loads of the values handed to it, with the conditions of the `guarded` around each.
/// What is used under several conditions is visited under each.
template <class Visit>
class load_walk {
 public:
  constexpr load_walk(ir::program const& program, Visit call) : p(program), visit(call) {}

  /// The loads of one statement; `given` holds wherever it runs.
  constexpr void statement(ir::node_id id, conditions const& given = {}) {
    context = ++contexts;
    ir::node const& n = p[id];
    if (n.what == ir::op::store || n.what == ir::op::prefetch) access(n.access(), given);
    if (n.what == ir::op::store || n.what == ir::op::when) value(n.a, given);
    if (n.what == ir::op::store) value(n.b, {});
  }

 private:
  constexpr void access(ir::access_id id, conditions const& given) {
    for (int d = 0; d < p[id].rank; ++d) value(p[id].at[d], given);
  }
  constexpr void value(ir::node_id id, conditions const& given) {
    if (id == ir::node_id::none || seen[static_cast<std::size_t>(id)] == context) return;
    seen[static_cast<std::size_t>(id)] = context;
    ir::node const& n = p[id];
    if (n.what == ir::op::load) {
      visit(id, given);
      return access(n.access(), given);
    }
    if (n.what == ir::op::guarded) {
      value(n.a, given);
      int const outer = context;
      conditions inner = given;
      split_condition(p, n.a, inner);
      context = ++contexts;
      value(n.b, inner);
      context = ++contexts;
      value(n.c, given);
      context = outer;
      return;
    }
    value(n.a, given);
    value(n.b, given);
    value(n.c, given);
  }

  ir::program const& p;
  Visit visit;
  int seen[decltype(ir::program::nodes)::capacity]{};
  int context = 0;
  int contexts = 0;
};

}  // namespace tenon::lower
