#pragma once

#include <bit>
#include <cstdint>
#include <initializer_list>

#include <tenon/ir/program.hpp>

/// Short words for making nodes. Arithmetic on indices folds constants, so that what passes write stays small.
namespace tenon::ir {

constexpr node_id add_integer(program& p, element type, std::int64_t value) {
  return p.add(node{.what = op::constant, .type = type, .value = value});
}
constexpr node_id add_real(program& p, element type, double value) {
  return p.add(node{.what = op::constant, .type = type, .value = std::bit_cast<std::int64_t>(value)});
}
/// A constant index.
constexpr node_id add_index(program& p, std::int64_t value) { return add_integer(p, index_type, value); }
constexpr node_id add_counter(program& p, axis_id a) {
  return p.add(node{.what = op::counter, .type = index_type, .x = static_cast<std::uint16_t>(a)});
}
constexpr node_id add_parameter(program& p, parameter_id id) {
  return p.add(node{.what = op::parameter, .type = index_type, .x = static_cast<std::uint16_t>(id)});
}

constexpr bool is_constant(program const& p, node_id id) { return p[id].what == op::constant; }
constexpr bool is_constant(program const& p, node_id id, std::int64_t value) {
  return is_constant(p, id) && !is_float(p[id].type) && p[id].value == value;
}

/// Rounds down, where C++ rounds towards zero.
constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}
constexpr std::int64_t floor_mod(std::int64_t a, std::int64_t b) { return a - floor_div(a, b) * b; }

/// The greatest number that divides both, not negative.
constexpr std::int64_t gcd(std::int64_t a, std::int64_t b) {
  while (b != 0) {
    std::int64_t const rest = a % b;
    a = b;
    b = rest;
  }
  return a < 0 ? -a : a;
}

/// `a what b` on indices, folded where it can be: 0 + a, a * 1, and the like.
constexpr node_id add_index(program& p, op what, node_id a, node_id b) {
  if (is_constant(p, a) && is_constant(p, b)) {
    std::int64_t const x = p[a].value;
    std::int64_t const y = p[b].value;
    switch (what) {
      case op::add: return add_index(p, x + y);
      case op::sub: return add_index(p, x - y);
      case op::mul: return add_index(p, x * y);
      case op::floor_div: return add_index(p, floor_div(x, y));
      case op::floor_mod: return add_index(p, floor_mod(x, y));
      case op::min: return add_index(p, x < y ? x : y);
      case op::max: return add_index(p, x < y ? y : x);
      default: break;
    }
  }
  if (what == op::add && is_constant(p, a, 0)) return b;
  if ((what == op::add || what == op::sub) && is_constant(p, b, 0)) return a;
  if (what == op::mul && (is_constant(p, a, 0) || is_constant(p, b, 0))) return add_index(p, 0);
  if (what == op::mul && is_constant(p, a, 1)) return b;
  if ((what == op::mul || what == op::floor_div) && is_constant(p, b, 1)) return a;
  if (what == op::floor_mod && is_constant(p, b, 1)) return add_index(p, 0);
  return p.add(node{.what = what, .type = index_type, .a = a, .b = b});
}
constexpr node_id add_index(program& p, op what, node_id a, std::int64_t b) {
  return add_index(p, what, a, add_index(p, b));
}

/// `a what b` on values of one type; comparisons give a boolean.
constexpr node_id add_binary(program& p, op what, node_id a, node_id b) {
  element const type =
      is_comparison(what) || what == op::logical_and || what == op::logical_or ? element::boolean : p[a].type;
  return p.add(node{.what = what, .type = type, .a = a, .b = b});
}
constexpr node_id add_unary(program& p, op what, node_id a) {
  return p.add(node{.what = what, .type = p[a].type, .a = a});
}
constexpr node_id add_cast(program& p, element to, node_id a) {
  return p[a].type == to ? a : p.add(node{.what = op::cast, .type = to, .a = a});
}
/// Both conditions; none stands for "always".
constexpr node_id add_both(program& p, node_id a, node_id b) {
  if (a == node_id::none || a == b) return b;
  return b == node_id::none ? a : add_binary(p, op::logical_and, a, b);
}

constexpr access_id add_access(program& p, buffer_id of, std::initializer_list<node_id> at) {
  access made{.of = of};
  for (node_id index : at) made.at[made.rank++] = index;
  return p.add(made);
}
constexpr node_id add_load(program& p, access_id from) {
  return p.add(node{.what = op::load, .type = p[p[from].of].type, .x = static_cast<std::uint16_t>(from)});
}
constexpr node_id add_store(program& p, access_id to, node_id value, node_id condition = node_id::none,
                            reduction_id updates = reduction_id::none) {
  return p.add(node{.what = op::store,
                    .x = static_cast<std::uint16_t>(to),
                    .a = value,
                    .b = condition,
                    .value = static_cast<std::int64_t>(updates)});
}
constexpr node_id add_loop(program& p, axis_id over, node_id body) {
  return p.add(node{.what = op::loop, .x = static_cast<std::uint16_t>(over), .a = body});
}
/// First one, then the other; either may be none.
constexpr node_id add_block(program& p, node_id first, node_id then) {
  if (first == node_id::none) return then;
  if (then == node_id::none) return first;
  return p.add(node{.what = op::block, .a = first, .b = then});
}
constexpr node_id add_allocate(program& p, buffer_id buffer, node_id body) {
  return p.add(node{.what = op::allocate, .x = static_cast<std::uint16_t>(buffer), .a = body});
}

}  // namespace tenon::ir
