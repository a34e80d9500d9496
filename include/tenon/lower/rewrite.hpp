#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>

/// Values looked at and rebuilt once each, however often they are used.
namespace tenon::lower {

/// Calls `visit(id)` once for each value that the statements handed to it compute.
template <class Visit>
class value_walk {
 public:
  constexpr value_walk(ir::program const& program, Visit call) : p(program), visit(call) {}

  constexpr void value(ir::node_id id) {
    if (id == ir::node_id::none || seen[static_cast<std::size_t>(id)]) return;
    seen[static_cast<std::size_t>(id)] = true;
    visit(id);
    ir::node const& n = p[id];
    if (n.what == ir::op::load) return access(n.access());
    value(n.a);
    value(n.b);
    value(n.c);
  }
  constexpr void access(ir::access_id id) {
    for (int d = 0; d < p[id].rank; ++d) value(p[id].at[d]);
  }
  constexpr void statement(ir::node_id id) {
    ir::node const& n = p[id];
    if (n.what == ir::op::store || n.what == ir::op::prefetch) access(n.access());
    if (n.what == ir::op::store || n.what == ir::op::when) value(n.a);
    if (n.what == ir::op::store) value(n.b);
  }
  constexpr void statements(ir::node_id root) {
    ir::each_statement(p, root, [&](ir::node_id id) { statement(id); });
  }

 private:
  ir::program const& p;
  Visit visit;
  bool seen[decltype(ir::program::nodes)::capacity]{};
};

/// Rebuilds values: where `change(id)` gives a node, that takes the place of `id`. What nothing changes in stays shared.
template <class Change>
class rewriter {
 public:
  constexpr rewriter(ir::program& program, Change call) : p(program), change(call) {}

  constexpr ir::node_id value(ir::node_id id) {
    if (id == ir::node_id::none) return id;
    auto const slot = static_cast<std::size_t>(id);
    if (made[slot] == ir::node_id::none) {
      ir::node_id const instead = change(id);
      made[slot] = instead == ir::node_id::none ? rebuilt(id) : instead;
    }
    return made[slot];
  }
  constexpr ir::access_id access(ir::access_id id) {
    ir::access copy = p[id];
    bool changed = false;
    for (int d = 0; d < copy.rank; ++d) {
      ir::node_id const index = value(copy.at[d]);
      changed |= index != copy.at[d];
      copy.at[d] = index;
    }
    return changed ? p.add(copy) : id;
  }
  /// The values of all statements under `root`, and where they store.
  constexpr void statements(ir::node_id root) {
    ir::each_statement(p, root, [&](ir::node_id id) {
      ir::op const what = p[id].what;
      if (what == ir::op::store || what == ir::op::prefetch) {
        auto const target = static_cast<std::uint16_t>(access(p[id].access()));
        p[id].x = target;
      }
      if (what == ir::op::store || what == ir::op::when) {
        ir::node_id const a = value(p[id].a);
        p[id].a = a;
      }
      if (what == ir::op::store) {
        ir::node_id const b = value(p[id].b);
        p[id].b = b;
      }
    });
  }

 private:
  constexpr ir::node_id rebuilt(ir::node_id id) {
    ir::node n = p[id];
    if (n.what == ir::op::load) {
      ir::access_id const from = access(n.access());
      if (from == n.access()) return id;
      n.x = static_cast<std::uint16_t>(from);
      return p.add(n);
    }
    ir::node_id const a = value(n.a);
    ir::node_id const b = value(n.b);
    ir::node_id const c = value(n.c);
    if (a == n.a && b == n.b && c == n.c) return id;
    if (n.type == ir::index_type && ir::is_binary(n.what)) return ir::add_index(p, n.what, a, b);
    n.a = a;
    n.b = b;
    n.c = c;
    return p.add(n);
  }

  ir::program& p;
  Change change;
  ir::node_id made[decltype(ir::program::nodes)::capacity]{};
};

}  // namespace tenon::lower
