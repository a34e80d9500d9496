#pragma once

#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/program.hpp>

namespace tenon::ir {

/// An index as a sum: constant + each factor times its atom. An atom is a counter, a parameter, or any other node that is not a sum.
/// A sum that is too long has a term without an atom, which stands for what is not known and never goes away.
struct linear {
  struct term {
    node_id atom = node_id::none;
    std::int64_t factor = 0;
    bool operator==(term const&) const = default;
  };
  std::int64_t constant = 0;
  static_vector<term, 16> terms{};

  constexpr bool operator==(linear const&) const = default;
};

/// Whether two nodes are the same value: the same formula of the same counters. Loads count as equal if their accesses are.
constexpr bool same_value(program const& p, node_id a, node_id b) {
  if (a == b) return true;
  if (a == node_id::none || b == node_id::none) return false;
  node const& x = p[a];
  node const& y = p[b];
  if (x.what != y.what || x.type != y.type || x.value != y.value) return false;
  if (x.what == op::load) {
    access const& l = p[x.access()];
    access const& r = p[y.access()];
    if (l.of != r.of || l.rank != r.rank) return false;
    for (int d = 0; d < l.rank; ++d) {
      if (!same_value(p, l.at[d], r.at[d])) return false;
    }
    return true;
  }
  return x.x == y.x && same_value(p, x.a, y.a) && same_value(p, x.b, y.b) && same_value(p, x.c, y.c);
}

constexpr void add_term(program const& p, linear& to, node_id atom, std::int64_t factor) {
  if (factor == 0) return;
  for (linear::term& t : to.terms) {
    if (atom != node_id::none && same_value(p, t.atom, atom)) {
      t.factor += factor;
      return;
    }
  }
  if (to.terms.full()) to.terms.back() = {node_id::none, 1};
  else to.terms.push_back({atom, factor});
}

namespace detail {

constexpr void collect(program const& p, linear& to, node_id id, std::int64_t factor) {
  node const& n = p[id];
  switch (n.what) {
    case op::constant: to.constant += factor * n.value; return;
    case op::add:
      collect(p, to, n.a, factor);
      collect(p, to, n.b, factor);
      return;
    case op::sub:
      collect(p, to, n.a, factor);
      collect(p, to, n.b, -factor);
      return;
    case op::negate: collect(p, to, n.a, -factor); return;
    case op::mul: {
      linear left{};
      collect(p, left, n.a, 1);
      if (left.terms.empty()) return collect(p, to, n.b, factor * left.constant);
      linear right{};
      collect(p, right, n.b, 1);
      if (right.terms.empty()) return collect(p, to, n.a, factor * right.constant);
      break;
    }
    case op::cast:
      if (n.type == index_type && is_integer(p[n.a].type)) return collect(p, to, n.a, factor);
      break;
    default: break;
  }
  add_term(p, to, id, factor);
}

}  // namespace detail

/// The value as a sum. Terms that cancel are left out. A sum that is too long is one atom, the node itself.
constexpr linear linear_of(program const& p, node_id id) {
  linear all{};
  detail::collect(p, all, id, 1);
  linear kept{.constant = all.constant};
  for (linear::term const& t : all.terms) {
    if (t.atom == node_id::none) return {.terms = {{id, 1}}};
    if (t.factor != 0) kept.terms.push_back(t);
  }
  return kept;
}

/// a + factor * b
constexpr linear add(program const& p, linear a, linear const& b, std::int64_t factor = 1) {
  a.constant += factor * b.constant;
  for (linear::term const& t : b.terms) add_term(p, a, t.atom, factor * t.factor);
  linear kept{.constant = a.constant};
  for (linear::term const& t : a.terms) {
    if (t.factor != 0) kept.terms.push_back(t);
  }
  return kept;
}

/// How much the sum grows with each iteration of an axis; what is inside other atoms does not count.
constexpr std::int64_t factor_of(program const& p, linear const& sum, axis_id a) {
  for (linear::term const& t : sum.terms) {
    if (p[t.atom].what == op::counter && p[t.atom].axis() == a) return t.factor;
  }
  return 0;
}

/// The sum as nodes. What is not known has none: the program is refused.
constexpr node_id add_linear(program& p, linear const& sum) {
  node_id made = node_id::none;
  for (linear::term const& t : sum.terms) {
    if (t.atom == node_id::none) {
      if (!p.refused) {
        p.refused.sentence << "this operator: an index is a sum of more than " << sum.terms.capacity
                           << " loops; take apart fewer loops, or compute a part of it in a stage of its own";
      }
      continue;
    }
    node_id const part = add_index(p, op::mul, t.atom, t.factor);
    made = made == node_id::none ? part : add_index(p, op::add, made, part);
  }
  if (made == node_id::none) return add_index(p, sum.constant);
  return sum.constant == 0 ? made : add_index(p, op::add, made, sum.constant);
}

}  // namespace tenon::ir
