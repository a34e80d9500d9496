#pragma once

#include <cstdint>
#include <optional>

#include <tenon/ir/build.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>

/// How far an index goes, from the extents of the loops that it counts.
namespace tenon::lower {

namespace detail {

/// The largest (or least) that a sum of run-time extents and quotients of them can be, if that is a number.
constexpr std::optional<std::int64_t> limit_of(ir::program const& p, ir::linear const& sum, bool greatest) {
  ir::linear plain{.constant = sum.constant};
  for (ir::linear::term const& t : sum.terms) {
    ir::node const& n = p[t.atom];
    if (n.what == ir::op::floor_div && ir::is_constant(p, n.b) && t.factor % p[n.b].value == 0) {
      // q * floor(e / c) lies between (q / c) * (e - c + 1) and (q / c) * e.
      std::int64_t const divisor = p[n.b].value;
      std::int64_t const factor = t.factor / divisor;
      if ((factor > 0) != greatest) plain.constant -= factor * (divisor - 1);
      plain = ir::add(p, plain, ir::linear_of(p, n.a), factor);
    } else {
      ir::add_term(p, plain, t.atom, t.factor);
    }
  }
  std::int64_t total = plain.constant;
  for (ir::linear::term const& t : plain.terms) {
    if (t.factor == 0) continue;
    ir::node const& n = p[t.atom];
    if (n.what != ir::op::parameter) return {};
    ir::parameter const& known = p[n.parameter()];
    bool const large = (t.factor > 0) == greatest;
    if (large && known.bound == 0) return {};
    total += t.factor * (large ? known.bound : known.divisor);
  }
  return total;
}

/// The sum with every counter at its last (or first) iteration, whichever makes the sum greatest (or least).
constexpr ir::linear at_limit(ir::program const& p, ir::linear const& sum, bool greatest) {
  ir::linear made{.constant = sum.constant};
  for (ir::linear::term const& t : sum.terms) {
    ir::node const& n = p[t.atom];
    if (n.what != ir::op::counter) {
      ir::add_term(p, made, t.atom, t.factor);
    } else if ((t.factor > 0) == greatest) {
      made = ir::add(p, made, ir::linear_of(p, p[n.axis()].extent), t.factor);
      made.constant -= t.factor;
    }
  }
  return made;
}

}  // namespace detail

/// The largest number that a value made of counters and run-time extents can be, if one is known.
constexpr std::optional<std::int64_t> greatest_of(ir::program const& p, ir::node_id value) {
  return detail::limit_of(p, detail::at_limit(p, ir::linear_of(p, value), true), true);
}
/// Likewise the least.
constexpr std::optional<std::int64_t> least_of(ir::program const& p, ir::node_id value) {
  return detail::limit_of(p, detail::at_limit(p, ir::linear_of(p, value), false), false);
}

/// Whether the index is never negative, whatever the loops around it count.
constexpr bool never_negative(ir::program const& p, ir::node_id index) { return least_of(p, index).value_or(-1) >= 0; }

/// Whether the index never reaches `extent`.
constexpr bool always_below(ir::program const& p, ir::node_id index, ir::node_id extent) {
  ir::linear const last = detail::at_limit(p, ir::linear_of(p, index), true);
  ir::linear const room = ir::add(p, ir::linear_of(p, extent), last, -1);
  return detail::limit_of(p, room, false).value_or(0) >= 1;
}

/// Whether `a` is less than `b` in all iterations of the loops of both, each for itself.
constexpr bool always_less(ir::program const& p, ir::node_id a, ir::node_id b) {
  ir::linear const most = detail::at_limit(p, ir::linear_of(p, a), true);
  ir::linear const least = detail::at_limit(p, ir::linear_of(p, b), false);
  return detail::limit_of(p, ir::add(p, least, most, -1), false).value_or(0) >= 1;
}

/// The conditions under which `at` lies inside buffer `of`, as one boolean; none if it always does.
constexpr ir::node_id inside_condition(ir::program& p, ir::access const& at) {
  ir::node_id all = ir::node_id::none;
  for (int d = 0; d < at.rank; ++d) {
    ir::node_id const extent = p[at.of].extents[d];
    if (!never_negative(p, at.at[d])) {
      all = ir::add_both(p, all, ir::add_binary(p, ir::op::less_equal, ir::add_index(p, 0), at.at[d]));
    }
    if (!always_below(p, at.at[d], extent)) {
      all = ir::add_both(p, all, ir::add_binary(p, ir::op::less, at.at[d], extent));
    }
  }
  return all;
}

}  // namespace tenon::lower
