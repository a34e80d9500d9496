#pragma once

#include <tenon/ir/program.hpp>
#include <tenon/support/text.hpp>

/// Values in the words of the user who wrote them, for sentences.
namespace tenon::ir {

namespace detail {

/// How tightly an op binds; what binds less than its surroundings needs parentheses.
constexpr int binding(op what) {
  switch (what) {
    case op::logical_or: return 1;
    case op::logical_and: return 2;
    case op::equal:
    case op::not_equal:
    case op::less:
    case op::less_equal: return 3;
    case op::add:
    case op::sub: return 5;
    case op::mul:
    case op::div:
    case op::mod:
    case op::floor_div:
    case op::floor_mod: return 6;
    default: return 9;
  }
}

constexpr char const* sign_of(op what) {
  switch (what) {
    case op::add: return " + ";
    case op::sub: return " - ";
    case op::mul: return " * ";
    case op::div:
    case op::floor_div: return " / ";
    case op::mod:
    case op::floor_mod: return " % ";
    case op::equal: return " == ";
    case op::not_equal: return " != ";
    case op::less: return " < ";
    case op::less_equal: return " <= ";
    case op::logical_and: return " && ";
    case op::logical_or: return " || ";
    default: return nullptr;
  }
}

}  // namespace detail

constexpr void spell(text& to, program const& p, node_id id, int around = 0);

/// `x(i + 1, j)`
constexpr void spell(text& to, program const& p, access_id id) {
  access const& a = p[id];
  to << p[a.of].name;
  if (a.rank == 0) return;
  to << "(";
  for (int d = 0; d < a.rank; ++d) {
    if (d > 0) to << ", ";
    spell(to, p, a.at[d]);
  }
  to << ")";
}

/// A value as a user would write it; what is not an index is shortened to its outermost word.
constexpr void spell(text& to, program const& p, node_id id, int around) {
  node const& n = p[id];
  switch (n.what) {
    case op::constant:
      if (is_float(n.type)) to << "a number";
      else to << n.value;
      return;
    case op::counter: to << p[n.axis()].name; return;
    case op::parameter: to << p[n.parameter()].name; return;
    case op::load: return spell(to, p, n.access());
    case op::cast: return spell(to, p, n.a, around);
    case op::min:
    case op::max:
      to << (n.what == op::min ? "min(" : "max(");
      spell(to, p, n.a);
      to << ", ";
      spell(to, p, n.b);
      to << ")";
      return;
    case op::negate: to << "-"; return spell(to, p, n.a, 8);
    default: break;
  }
  char const* const sign = detail::sign_of(n.what);
  if (sign == nullptr) {
    to << "a value";
    return;
  }
  int const binds = detail::binding(n.what);
  if (binds < around) to << "(";
  spell(to, p, n.a, binds);
  if (n.what == op::add && p[n.b].what == op::constant && !is_float(p[n.b].type) && p[n.b].value < 0) {
    to << " - " << -p[n.b].value;
  } else {
    to << sign;
    spell(to, p, n.b, binds + 1);
  }
  if (binds < around) to << ")";
}

/// The value, or the access, as a text of its own.
template <class Id>
constexpr text spelled(program const& p, Id id) {
  text made{};
  spell(made, p, id);
  return made;
}

}  // namespace tenon::ir
