#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/program.hpp>
#include <tenon/ir/uses.hpp>
#include <tenon/support/text.hpp>

namespace tenon::ir {

/// How far a program has come: what the language wrote, what schedules made of it, what a target is given.
enum class level : std::uint8_t { staged, scheduled, lowered };

namespace detail {

class verifier {
 public:
  constexpr verifier(program const& what, level at) : p(what), form(at), table(what) {}

  constexpr text verify() {
    for (std::size_t b = 1; b < p.buffers.size() && sound(); ++b) check(p.buffers[b], b <= p.arguments);
    for (std::size_t r = 1; r < p.reductions.size() && sound(); ++r) check(p.reductions[r]);
    for (std::size_t b = 1; b <= p.arguments && sound(); ++b) {
      if (b >= p.buffers.size()) return text{} << "a program of " << p.arguments << " arguments has fewer buffers";
      scope.add(static_cast<buffer_id>(b));
    }
    if (sound()) statement(p.root, false);
    return fault;
  }

 private:
  constexpr bool sound() const { return fault.empty(); }
  constexpr void say(text const& sentence) {
    if (sound()) fault = sentence;
  }
  constexpr void expect(bool holds, node_id at, char const* what) {
    if (!holds) say(text{} << "node " << static_cast<int>(at) << ": " << what);
  }
  template <class Table>
  static constexpr bool inside(Table const& of, std::uint16_t id) {
    return id != 0 && id < of.size();
  }
  constexpr bool inside(node_id id) const { return inside(p.nodes, static_cast<std::uint16_t>(id)); }
  constexpr element type_of(node_id id) const { return inside(id) ? p[id].type : element::none; }

  /// An extent: an index made of constants and parameters, and large enough where it is known.
  constexpr void extent(node_id id, label const& name, char const* what, std::int64_t least) {
    value(id);
    if (!sound()) return;
    uses const& made_of = table.of(id);
    if (p[id].type != index_type || !(made_of == uses{})) {
      say(text{} << name << ": " << what << " is not made of constants and run-time extents");
    } else if (p[id].what == op::constant && p[id].value < least) {
      say(text{} << name << ": " << what << " is " << p[id].value);
    }
  }

  constexpr void check(buffer const& b, bool argument) {
    if (b.type == element::none || b.rank > max_rank)
      say(text{} << b.name << ": a buffer without a type, or of too many dimensions");
    if (argument == (b.use == role::temporary))
      say(text{} << b.name << ": arguments, and they alone, come first and are inputs or outputs");
    if (argument && b.where != memory::argument) say(text{} << b.name << ": an argument that lives in memory of ours");
    for (int d = 0; d < b.rank && sound(); ++d) extent(b.extents[d], b.name, "an extent", 1);
  }

  constexpr void check(reduction const& r) {
    if (r.values < 1 || r.values > max_reduced) say(text{} << "a reduction of " << r.values << " values");
    for (int v = 0; v < r.values && sound(); ++v) {
      value(r.identity[v]);
      value(r.combine[v]);
      if (sound() && p[r.identity[v]].type != p[r.combine[v]].type)
        say(text{} << "a reduction starts with another type than it makes");
    }
  }

  constexpr void indices(node_id at, access const& a) {
    if (!inside(p.buffers, static_cast<std::uint16_t>(a.of)))
      return say(text{} << "node " << static_cast<int>(at) << ": an access of no buffer");
    if (a.rank != p[a.of].rank) {
      return say(text{} << p[a.of].name << " has " << p[a.of].rank << " dimensions and is named with " << a.rank
                        << " indices");
    }
    for (int d = 0; d < a.rank && sound(); ++d) {
      value(a.at[d]);
      if (sound() && p[a.at[d]].type != index_type)
        say(text{} << p[a.of].name << ": index " << d << " is not an index");
    }
  }

  /// Checks a value and what it is made of; each node once.
  constexpr void value(node_id id) {
    if (!inside(id)) return say(text{} << "node " << static_cast<int>(id) << " stands for a value and is none");
    mark& m = marks[static_cast<std::size_t>(id)];
    if (m == mark::done) return;
    expect(m != mark::begun, id, "a value that is made of itself");
    expect(!is_statement(p[id].what) && p[id].what != op::nothing, id, "a statement where a value is needed");
    if (!sound()) return;
    m = mark::begun;
    operands(id, p[id]);
    m = mark::done;
  }

  constexpr void operands(node_id id, node const& n) {
    if (n.what == op::load) {
      if (!inside(p.accesses, n.x)) return expect(false, id, "a load of no access");
      indices(id, p[n.access()]);
      if (sound()) expect(n.type == p[p[n.access()].of].type, id, "a load of another type than the buffer's");
      return;
    }
    if (n.what >= op::add) value(n.a);
    if (sound() && (is_binary(n.what) || n.what == op::select || n.what == op::guarded || n.what == op::multiply_shift))
      value(n.b);
    if (sound() && (n.what == op::select || n.what == op::guarded || n.what == op::multiply_shift)) value(n.c);
    if (sound() && n.what == op::list && n.b != node_id::none) value(n.b);
    if (sound() && n.what == op::math && n.function() == math::pow) value(n.b);
    if (sound()) expect(types_agree(n), id, "operands and result do not agree in type");
  }

  constexpr bool types_agree(node const& n) const {
    element const a = type_of(n.a);
    element const b = type_of(n.b);
    switch (n.what) {
      case op::constant: return n.type != element::none;
      case op::counter: return n.type == index_type && inside(p.axes, n.x);
      case op::parameter: return n.type == index_type && inside(p.parameters, n.x);
      case op::formal: return n.type != element::none;
      case op::select:
      case op::guarded: return a == element::boolean && b == n.type && type_of(n.c) == n.type;
      case op::math: return is_float(a) && a == n.type && (n.function() != math::pow || b == a);
      case op::multiply_shift:
        return is_integer(a) && is_integer(b) && is_integer(type_of(n.c)) && n.type == element::i32;
      case op::list: return n.b == node_id::none || p[n.b].what == op::list;
      case op::call: return inside(p.functions, n.x) && p[n.a].what == op::list;
      case op::cast: return a != element::none && n.type != element::none;
      case op::logical_not:
      case op::logical_and:
      case op::logical_or:
        return n.type == element::boolean && a == n.type && (n.what == op::logical_not || b == n.type);
      case op::mod:
      case op::floor_div:
      case op::floor_mod: return a == n.type && b == n.type && is_integer(a);
      case op::bit_and:
      case op::bit_or:
      case op::bit_xor:
      case op::shift_left:
      case op::shift_right: return a == n.type && b == n.type && !is_float(a);
      case op::bit_not: return a == n.type && !is_float(a);
      default: break;
    }
    if (is_comparison(n.what)) return a == b && n.type == element::boolean;
    return a == n.type && (is_unary(n.what) || b == n.type);
  }

  /// A value where it stands: its counters run, its buffers exist.
  constexpr void value_here(node_id id) {
    value(id);
    if (sound()) in_scope(table.of(id));
  }
  constexpr void in_scope(uses const& made_of) {
    if (made_of.formals) say(text{} << "a formal operand outside of a formula");
    for (std::size_t a = 1; a < p.axes.size(); ++a) {
      auto const id = static_cast<axis_id>(a);
      if (made_of.has(id) && !scope.has(id))
        say(text{} << "the counter of " << p[id].name << " is used where no loop runs over it");
    }
    for (std::size_t b = 1; b < p.buffers.size(); ++b) {
      if (made_of.has(static_cast<buffer_id>(b))) exists(static_cast<buffer_id>(b));
    }
  }
  constexpr void exists(buffer_id b) {
    if (!scope.has(b)) say(text{} << p[b].name << " is used where it does not exist");
  }

  constexpr void access_here(node_id id, node const& n) {
    if (!inside(p.accesses, n.x)) return expect(false, id, "a statement of no access");
    indices(id, p[n.access()]);
    if (!sound()) return;
    exists(p[n.access()].of);
    in_scope(table.of(n.access()));
  }

  constexpr void statement(node_id id, bool vectorized) {
    if (!inside(id)) return say(text{} << "node " << static_cast<int>(id) << " stands for a statement and is none");
    mark& m = marks[static_cast<std::size_t>(id)];
    expect(m == mark::fresh, id, "a statement that stands at two places");
    if (!sound()) return;
    m = mark::done;
    node const& n = p[id];
    switch (n.what) {
      case op::store: return store(id, n);
      case op::loop: return loop(id, n, vectorized);
      case op::allocate: return allocate(id, n, vectorized);
      case op::block:
        statement(n.a, vectorized);
        if (sound()) statement(n.b, vectorized);
        return;
      case op::together:
        for (node_id rest = n.a; inside(rest);) {
          node const& r = p[rest];
          node_id const first = r.what == op::block ? r.a : rest;
          expect(inside(first) && p[first].what == op::store, id, "what happens together is stores");
          rest = r.what == op::block ? r.b : node_id::none;
        }
        return sound() ? statement(n.a, vectorized) : void();
      case op::when:
        expect(form != level::staged, id, "a staged program has no `when`");
        value_here(n.a);
        if (sound()) expect(p[n.a].type == element::boolean, id, "a condition that is not a boolean");
        if (sound()) statement(n.b, vectorized);
        if (sound() && n.c != node_id::none) statement(n.c, vectorized);
        return;
      case op::prefetch:
        expect(form != level::staged, id, "a staged program prefetches nothing");
        return access_here(id, n);
      case op::tensorized:
        expect(form != level::staged && inside(p.instructions, n.x), id, "a nest for no instruction");
        return sound() ? statement(n.a, vectorized) : void();
      case op::ahead:
        expect(form == level::lowered, id, "copies ahead in a program that is still arranged");
        return sound() ? statement(n.a, vectorized) : void();
      case op::barrier:
      case op::wait: return expect(form == level::lowered, id, "a barrier in a program that is still arranged");
      default: expect(false, id, "a value where a statement is needed");
    }
  }

  constexpr void store(node_id id, node const& n) {
    access_here(id, n);
    if (!sound()) return;
    buffer const& to = p[p[n.access()].of];
    if (to.use == role::input) say(text{} << to.name << " is an input and is written");
    value_here(n.a);
    if (sound() && p[n.a].type != to.type)
      say(text{} << to.name << " holds " << name_of(to.type) << " and is given " << name_of(p[n.a].type));
    if (sound() && n.b != node_id::none) {
      expect(form != level::staged, id, "a store of a staged program is unconditional");
      value_here(n.b);
      if (sound()) expect(p[n.b].type == element::boolean, id, "a condition that is not a boolean");
    }
    if (sound() && n.value != 0) {
      expect(n.value > 0 && inside(p.reductions, static_cast<std::uint16_t>(n.value)), id, "an update of no reduction");
      if (sound() && !table.of(n.a).has(p[n.access()].of))
        say(text{} << to.name << " is updated by a value that does not read it");
    }
  }

  constexpr void loop(node_id id, node const& n, bool vectorized) {
    if (!inside(p.axes, n.x)) return expect(false, id, "a loop over no axis");
    axis const& a = p[n.axis()];
    if (scope.has(n.axis())) return say(text{} << "the loop over " << a.name << " stands inside itself");
    extent(a.extent, a.name, "the extent", form == level::staged ? 1 : 0);
    if (!sound()) return;
    if (form == level::staged && a.kind != loop_kind::serial)
      say(text{} << a.name << ": a loop of a staged program has no mark");
    bool const constant = p[a.extent].what == op::constant;
    if (a.kind == loop_kind::unrolled || a.kind == loop_kind::vectorized) {
      if (!constant) say(text{} << a.name << ": the extent of an unrolled or vectorized loop is a constant");
      if (a.kind == loop_kind::vectorized && vectorized)
        say(text{} << a.name << ": a vectorized loop inside of another");
    }
    scope.add(n.axis());
    statement(n.a, vectorized || a.kind == loop_kind::vectorized);
    scope.remove(n.axis());
  }

  constexpr void allocate(node_id id, node const& n, bool vectorized) {
    if (!inside(p.buffers, n.x)) return expect(false, id, "an allocation of no buffer");
    buffer const& b = p[n.buffer()];
    if (scope.has(n.buffer())) return say(text{} << b.name << " is allocated where it exists already");
    if (form == level::lowered && b.where == memory::automatic) say(text{} << b.name << " has no memory to live in");
    scope.add(n.buffer());
    if (sound()) statement(n.a, vectorized);
    scope.remove(n.buffer());
  }

  enum class mark : std::uint8_t { fresh, begun, done };
  program const& p;
  level form;
  uses_table table;
  uses scope{};
  mark marks[decltype(program::nodes)::capacity]{};
  text fault{};
};

}  // namespace detail

/// Why the program is not a legal one of that level, or nothing. A fault found here is ours, not a user's.
constexpr text verify(program const& p, level at) { return detail::verifier(p, at).verify(); }

}  // namespace tenon::ir
