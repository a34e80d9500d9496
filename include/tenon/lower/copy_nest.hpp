#pragma once

#include <cstddef>

#include <tenon/ir/build.hpp>
#include <tenon/ir/program.hpp>

namespace tenon::lower {

namespace detail {

template <class Id>
constexpr std::size_t place_of(Id id) {
  return static_cast<std::size_t>(id);
}

}  // namespace detail

/// Copies statements so that the copy can be arranged apart: its loops run over axes of their own and what it allocates is
/// its own, both under the old names. Values in which nothing differs are shared.
class nest_copy {
 public:
  constexpr explicit nest_copy(ir::program& to) : p(to) {}

  /// In the copy, `by` stands where the counter of the axis stood.
  constexpr void replace(ir::axis_id a, ir::node_id by) { counters[detail::place_of(a)] = by; }
  /// Likewise for a run-time extent.
  constexpr void replace(ir::parameter_id e, ir::node_id by) { parameters[detail::place_of(e)] = by; }

  /// The statement, copied. Copies made one after another share the axes of loops that shared theirs.
  constexpr ir::node_id nest(ir::node_id id) {
    // A loop inside one nest may stand around the next, where its counter is not ours to replace.
    for (ir::node_id& v : values) v = ir::node_id::none;
    for (ir::access_id& a : accesses) a = ir::access_id::none;
    for (bool& a : inside) a = false;
    return statement(id);
  }

 private:
  constexpr ir::node_id value(ir::node_id id) {
    if (id == ir::node_id::none) return id;
    if (values[detail::place_of(id)] == ir::node_id::none) {
      ir::node_id const made = fresh_value(id);
      values[detail::place_of(id)] = made;
    }
    return values[detail::place_of(id)];
  }

  constexpr ir::node_id statement(ir::node_id id) {
    if (id == ir::node_id::none) return id;
    ir::node n = p[id];
    switch (n.what) {
      case ir::op::store:
        n.a = value(n.a);
        n.b = value(n.b);
        n.x = static_cast<std::uint16_t>(access(n.access()));
        break;
      case ir::op::prefetch: n.x = static_cast<std::uint16_t>(access(n.access())); break;
      case ir::op::when:
        n.a = value(n.a);
        n.b = statement(n.b);
        n.c = statement(n.c);
        break;
      case ir::op::loop:
        n.x = static_cast<std::uint16_t>(axis(n.axis()));
        n.a = statement(n.a);
        break;
      case ir::op::allocate:
        n.x = static_cast<std::uint16_t>(buffer(n.buffer()));
        n.a = statement(n.a);
        break;
      default: n.a = statement(n.a); n.b = statement(n.b);
    }
    return p.add(n);
  }

  constexpr ir::node_id fresh_value(ir::node_id id) {
    ir::node n = p[id];
    switch (n.what) {
      case ir::op::constant:
      case ir::op::formal: return id;
      case ir::op::counter:
        if (counters[n.x] != ir::node_id::none) return counters[n.x];
        if (!inside[n.x]) return id;
        if (own_counters[n.x] == ir::node_id::none) own_counters[n.x] = ir::add_counter(p, axes[n.x]);
        return own_counters[n.x];
      case ir::op::parameter: return parameters[n.x] == ir::node_id::none ? id : parameters[n.x];
      case ir::op::load: {
        ir::access_id const from = access(n.access());
        if (from == n.access()) return id;
        n.x = static_cast<std::uint16_t>(from);
        return p.add(n);
      }
      default: break;
    }
    ir::node_id const a = value(n.a);
    ir::node_id const b = value(n.b);
    ir::node_id const c = value(n.c);
    if (a == n.a && b == n.b && c == n.c) return id;
    if (n.type == ir::index_type && ir::is_binary(n.what) && !ir::is_comparison(n.what))
      return ir::add_index(p, n.what, a, b);
    n.a = a;
    n.b = b;
    n.c = c;
    return p.add(n);
  }

  constexpr ir::access_id access(ir::access_id id) {
    if (accesses[detail::place_of(id)] != ir::access_id::none) return accesses[detail::place_of(id)];
    ir::access made = p[id];
    bool changed = false;
    for (int d = 0; d < made.rank; ++d) {
      ir::node_id const at = value(made.at[d]);
      changed |= at != made.at[d];
      made.at[d] = at;
    }
    if (buffers[detail::place_of(made.of)] != ir::buffer_id::none) {
      made.of = buffers[detail::place_of(made.of)];
      changed = true;
    }
    return accesses[detail::place_of(id)] = changed ? p.add(made) : id;
  }

  constexpr ir::axis_id axis(ir::axis_id id) {
    if (axes[detail::place_of(id)] == ir::axis_id::none) {
      ir::axis made = p[id];
      made.extent = value(made.extent);
      axes[detail::place_of(id)] = p.add(made);
    }
    inside[detail::place_of(id)] = true;
    return axes[detail::place_of(id)];
  }

  constexpr ir::buffer_id buffer(ir::buffer_id id) {
    ir::buffer made = p[id];
    for (int d = 0; d < made.rank; ++d) {
      made.extents[d] = value(made.extents[d]);
      made.origin[d] = value(made.origin[d]);
    }
    return buffers[detail::place_of(id)] = p.add(made);
  }

  ir::program& p;
  ir::node_id values[decltype(p.nodes)::capacity]{};
  ir::node_id counters[decltype(p.axes)::capacity]{};
  ir::node_id own_counters[decltype(p.axes)::capacity]{};
  ir::node_id parameters[decltype(p.parameters)::capacity]{};
  ir::axis_id axes[decltype(p.axes)::capacity]{};
  bool inside[decltype(p.axes)::capacity]{};
  ir::buffer_id buffers[decltype(p.buffers)::capacity]{};
  ir::access_id accesses[decltype(p.accesses)::capacity]{};
};

}  // namespace tenon::lower
