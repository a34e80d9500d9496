#pragma once

#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>

/// What an index becomes while some loops run and others stand still.
namespace tenon::lower {

/// Some axes of a program.
struct axis_set {
  bool in[decltype(ir::program::axes)::capacity]{};

  constexpr bool operator[](ir::axis_id a) const { return in[static_cast<std::size_t>(a)]; }
};

/// The axes of all loops under `root`, itself included.
constexpr axis_set axes_under(ir::program const& p, ir::node_id root) {
  axis_set all{};
  ir::each_statement(p, root, [&](ir::node_id id) {
    if (p[id].what == ir::op::loop) all.in[p[id].x] = true;
  });
  return all;
}

constexpr ir::linear extreme(ir::program const& p, ir::linear const& sum, bool greatest);

namespace detail {

/// The least (or greatest) number that an atom which is no counter becomes, if one is known.
constexpr ir::linear extreme_of_atom(ir::program const& p, ir::node_id id, bool greatest) {
  ir::node const& n = p[id];
  auto const of = [&](ir::node_id part) { return extreme(p, ir::linear_of(p, part), greatest); };
  ir::linear const unknown{.terms = {{id, 1}}};
  switch (n.what) {
    case ir::op::min:
    case ir::op::max: {
      ir::linear const a = of(n.a);
      ir::linear const b = of(n.b);
      bool const either_will_do = greatest == (n.what == ir::op::min);
      if (!a.terms.empty() || !b.terms.empty()) {
        if (!either_will_do || (!a.terms.empty() && !b.terms.empty())) return unknown;
        return a.terms.empty() ? a : b;
      }
      return (a.constant < b.constant) == (n.what == ir::op::min) ? a : b;
    }
    case ir::op::floor_div: {
      ir::linear const a = of(n.a);
      if (!ir::is_constant(p, n.b) || p[n.b].value < 1 || !a.terms.empty()) return unknown;
      return {.constant = ir::floor_div(a.constant, p[n.b].value)};
    }
    case ir::op::floor_mod:
      if (!ir::is_constant(p, n.b) || p[n.b].value < 1) return unknown;
      return {.constant = greatest ? p[n.b].value - 1 : 0};
    default: return unknown;
  }
}

}  // namespace detail

/// The least (or greatest) that a sum becomes while its counters run; run-time extents stay in it, as does what is not known.
constexpr ir::linear extreme(ir::program const& p, ir::linear const& sum, bool greatest) {
  ir::linear result{.constant = sum.constant};
  for (ir::linear::term const& t : sum.terms) {
    ir::node const& atom = p[t.atom];
    bool const upper = greatest == (t.factor > 0);
    if (atom.what != ir::op::counter) {
      result = ir::add(p, result, detail::extreme_of_atom(p, t.atom, upper), t.factor);
    } else if (upper) {
      ir::linear last = ir::linear_of(p, p[atom.axis()].extent);
      last.constant -= 1;
      result = ir::add(p, result, last, t.factor);
    }
  }
  return result;
}

/// What an index may be: from `low` to `low + excess`. `low` is made of what stands outside, `excess` of numbers and parameters.
struct span {
  bool known = false;
  ir::linear low{};
  ir::linear excess{};
};

/// Whether nothing but a number is in the sum.
constexpr bool is_number(ir::linear const& sum) { return sum.terms.empty(); }

/// The part of a tensor's dimension that two indices cover together, if they lie apart by a number.
constexpr span either(ir::program const& p, span const& a, span const& b) {
  if (!a.known || !b.known) return {};
  ir::linear const apart = ir::add(p, b.low, a.low, -1);
  ir::linear const beyond = ir::add(p, ir::add(p, b.low, b.excess), ir::add(p, a.low, a.excess), -1);
  if (!is_number(apart) || !is_number(beyond)) return {};
  span both = a;
  both.low.constant += apart.constant < 0 ? apart.constant : 0;
  both.excess.constant += (beyond.constant > 0 ? beyond.constant : 0) - (apart.constant < 0 ? apart.constant : 0);
  return both;
}

namespace detail {

/// max(a, b) (or min) as a part of what is around `a`: as much wider as `b` ever passes it.
constexpr span limited(ir::program const& p, span const& a, span const& b, bool upwards) {
  if (!a.known || !b.known) return {};
  ir::linear const passed =
      upwards ? ir::add(p, ir::add(p, b.low, b.excess), ir::add(p, a.low, a.excess), -1) : ir::add(p, a.low, b.low, -1);
  ir::linear const most = extreme(p, passed, true);
  if (!is_number(most)) return {};
  span result = a;
  if (most.constant > 0) {
    result.excess.constant += most.constant;
    if (!upwards) result.low.constant -= most.constant;
  }
  return result;
}

constexpr span narrower(span const& a, span const& b) {
  if (!a.known || !b.known) return a.known ? a : b;
  if (is_number(a.excess) != is_number(b.excess)) return is_number(a.excess) ? a : b;
  return b.excess.constant < a.excess.constant ? b : a;
}

constexpr bool touches(ir::program const& p, ir::node_id value, axis_set const& inner) {
  bool found = false;
  ir::each_value(p, value, [&](ir::node_id id) {
    ir::node const& n = p[id];
    found |= n.what == ir::op::load || (n.what == ir::op::counter && inner[n.axis()]);
  });
  return found;
}

constexpr bool divides_terms(ir::linear const& sum, std::int64_t by) {
  for (ir::linear::term const& t : sum.terms) {
    if (t.factor % by != 0) return false;
  }
  return true;
}

constexpr span divided(ir::program& p, span const& a, std::int64_t by) {
  if (!a.known || by <= 0 || !is_number(a.excess)) return {};
  span result{.known = true};
  if (divides_terms(a.low, by)) {
    for (ir::linear::term const& t : a.low.terms) result.low.terms.push_back({t.atom, t.factor / by});
    result.low.constant = ir::floor_div(a.low.constant, by);
    result.excess.constant = (ir::floor_mod(a.low.constant, by) + a.excess.constant) / by;
  } else {
    result.low.terms.push_back({ir::add_index(p, ir::op::floor_div, ir::add_linear(p, a.low), by), 1});
    result.excess.constant = (a.excess.constant + by - 1) / by;
  }
  return result;
}

constexpr span remainder(span const& a, std::int64_t by) {
  if (by <= 0) return {};
  span result{.known = true, .excess = {.constant = by - 1}};
  if (!a.known || !is_number(a.excess) || !divides_terms(a.low, by)) return result;
  std::int64_t const first = ir::floor_mod(a.low.constant, by);
  if (first + a.excess.constant >= by) return result;
  result.low.constant = first;
  result.excess = a.excess;
  return result;
}

constexpr span magnitude(ir::program const& p, span const& a) {
  if (!a.known) return {};
  ir::linear const below = extreme(p, a.low, false);
  ir::linear const turned = extreme(p, ir::add(p, ir::add(p, ir::linear{}, a.low, -2), a.excess, -1), true);
  if (!is_number(below)) return {};
  if (below.constant >= 0) return a;
  if (!is_number(turned)) return {};
  span result = a;
  result.excess.constant += turned.constant > 0 ? turned.constant : 0;
  return result;
}

}  // namespace detail

/// What the index becomes while the axes in `inner` run and all others stand still. A `loose` span takes even a limit that
/// stands still for what it limits, max(y - 1, 0) for y - 1 and a bit more, so that neighbours compare.
constexpr span span_of(ir::program& p, ir::linear const& sum, axis_set const& inner, bool loose = false) {
  auto const of_node = [&](ir::node_id id) { return span_of(p, ir::linear_of(p, id), inner, loose); };
  span result{.known = true, .low = {.constant = sum.constant}};
  for (ir::linear::term const& t : sum.terms) {
    ir::node const atom = p[t.atom];
    span part{.known = true};
    if (atom.what == ir::op::counter && inner[atom.axis()]) {
      part.excess = ir::linear_of(p, p[atom.axis()].extent);
      part.excess.constant -= 1;
    } else if (!detail::touches(p, t.atom, inner) &&
               !(loose && (atom.what == ir::op::max || atom.what == ir::op::min))) {
      part.low.terms.push_back({t.atom, 1});
    } else if (atom.what == ir::op::max || atom.what == ir::op::min) {
      bool const upwards = atom.what == ir::op::max;
      span const a = of_node(atom.a);
      span const b = of_node(atom.b);
      part = detail::narrower(detail::limited(p, a, b, upwards), detail::limited(p, b, a, upwards));
    } else if (atom.what == ir::op::floor_div && ir::is_constant(p, atom.b)) {
      part = detail::divided(p, of_node(atom.a), p[atom.b].value);
    } else if (atom.what == ir::op::floor_mod && ir::is_constant(p, atom.b)) {
      part = detail::remainder(of_node(atom.a), p[atom.b].value);
    } else if (atom.what == ir::op::absolute) {
      part = detail::magnitude(p, of_node(atom.a));
    } else if (atom.what == ir::op::select || atom.what == ir::op::guarded) {
      part = either(p, of_node(atom.b), of_node(atom.c));
    } else {
      return {};
    }
    if (!part.known) return {};
    result.low = ir::add(p, result.low, part.low, t.factor);
    if (t.factor < 0) result.low = ir::add(p, result.low, part.excess, t.factor);
    result.excess = ir::add(p, result.excess, part.excess, t.factor < 0 ? -t.factor : t.factor);
  }
  return result;
}

}  // namespace tenon::lower
