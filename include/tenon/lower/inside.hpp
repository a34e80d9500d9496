#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/analysis/positive.hpp>
#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/support/maybe.hpp>
#include <tenon/support/static_vector.hpp>

/// How far an index goes, from the extents of the loops that it counts. Run-time extents may be 0, except where a loop counts
/// in them that runs.
namespace tenon::lower {

namespace detail {

/// The largest (or least) that the value can be, if that is a number.
constexpr maybe<std::int64_t> limit_of(ir::program const& p, ir::node_id value, bool greatest,
                                       analysis::positive const& given);

/// The largest (or least) that a term of a sum can be.
constexpr maybe<std::int64_t> limit_of_atom(ir::program const& p, ir::node_id atom, bool greatest,
                                            analysis::positive const& given) {
  ir::node const& n = p[atom];
  std::int64_t const by = ir::constant_or(p, n.b, 0);
  switch (n.what) {
    case ir::op::parameter: {
      ir::parameter const& known = p[n.parameter()];
      if (!greatest) return given[n.parameter()] ? known.divisor : 0;
      return known.bound != 0 ? maybe(known.bound) : maybe<std::int64_t>{};
    }
    case ir::op::counter: {
      maybe<std::int64_t> const times = limit_of(p, p[n.axis()].extent, true, given);
      if (!greatest) return 0;
      return times ? maybe(*times - 1) : maybe<std::int64_t>{};
    }
    case ir::op::floor_div: {
      maybe<std::int64_t> const whole = limit_of(p, n.a, greatest, given);
      return by > 0 && whole ? maybe(ir::floor_div(*whole, by)) : maybe<std::int64_t>{};
    }
    case ir::op::floor_mod:
      if (by <= 0) return {};
      return greatest ? by - 1 : 0;
    case ir::op::min:
    case ir::op::max: {
      maybe<std::int64_t> const a = limit_of(p, n.a, greatest, given);
      maybe<std::int64_t> const b = limit_of(p, n.b, greatest, given);
      bool const either = (n.what == ir::op::min) == greatest;  // one of the two is limit enough
      if (!a || !b) return either ? (a ? a : b) : maybe<std::int64_t>{};
      return (n.what == ir::op::min) == (*a < *b) ? a : b;
    }
    default: return {};
  }
}

/// Likewise of a sum of run-time extents and what is made of them.
constexpr maybe<std::int64_t> limit_of(ir::program const& p, ir::linear const& sum, bool greatest,
                                       analysis::positive const& given) {
  ir::linear plain{.constant = sum.constant};
  bool divided = false;
  for (ir::linear::term const& t : sum.terms) {
    ir::node const& n = p[t.atom];
    if (n.what == ir::op::floor_div && ir::is_constant(p, n.b) && t.factor % p[n.b].value == 0) {
      // q * floor(e / c) lies between (q / c) * (e - c + 1) and (q / c) * e.
      divided = true;
      std::int64_t const divisor = p[n.b].value;
      std::int64_t const factor = t.factor / divisor;
      if ((factor > 0) != greatest) plain.constant -= factor * (divisor - 1);
      plain = ir::add(p, plain, ir::linear_of(p, n.a), factor);
    } else {
      ir::add_term(p, plain, t.atom, t.factor);
    }
  }
  auto const total_of = [&](ir::linear const& terms) -> maybe<std::int64_t> {
    std::int64_t total = terms.constant;
    for (ir::linear::term const& t : terms.terms) {
      if (t.factor == 0) continue;
      maybe<std::int64_t> const limit = limit_of_atom(p, t.atom, (t.factor > 0) == greatest, given);
      if (!limit) return {};
      total += t.factor * *limit;
    }
    return total;
  };
  maybe<std::int64_t> const a = total_of(plain);
  if (!divided) return a;
  // Or each quotient for itself: M / 4 is not negative, though M - 3 may be.
  maybe<std::int64_t> const b = total_of(sum);
  if (!a || !b) return a ? a : b;
  return (*a < *b) == greatest ? a : b;
}

/// The sum with every counter at its last (or first) iteration, whichever makes the sum greatest (or least).
constexpr ir::linear at_limit(ir::program const& p, ir::linear const& sum, bool greatest) {
  ir::linear made{.constant = sum.constant};
  for (ir::linear::term const& t : sum.terms) {
    ir::node const& n = p[t.atom];
    if (n.what != ir::op::counter) {
      ir::add_term(p, made, t.atom, t.factor);
    } else if ((t.factor > 0) == greatest) {
      // A loop that runs at all runs as often as the other operand of max(e, 0) says.
      ir::node_id extent = p[n.axis()].extent;
      if (p[extent].what == ir::op::max && ir::is_constant(p, p[extent].b, 0)) extent = p[extent].a;
      made = ir::add(p, made, ir::linear_of(p, extent), t.factor);
      made.constant -= t.factor;
    }
  }
  return made;
}

constexpr maybe<std::int64_t> limit_of(ir::program const& p, ir::node_id value, bool greatest,
                                       analysis::positive const& given) {
  return limit_of(p, at_limit(p, ir::linear_of(p, value), greatest), greatest, given);
}

/// What is known wherever the values are needed.
constexpr analysis::positive where_needed(ir::program const& p, ir::node_id a, ir::node_id b = ir::node_id::none) {
  analysis::positive given{};
  given.note(p, a);
  given.note(p, b);
  return given;
}

}  // namespace detail

/// The largest number that a value made of counters and run-time extents can be, if one is known.
constexpr maybe<std::int64_t> greatest_of(ir::program const& p, ir::node_id value) {
  return detail::limit_of(p, value, true, detail::where_needed(p, value));
}
/// Likewise the least.
constexpr maybe<std::int64_t> least_of(ir::program const& p, ir::node_id value) {
  return detail::limit_of(p, value, false, detail::where_needed(p, value));
}

/// Whether the index is never negative, whatever the loops around it count.
constexpr bool never_negative(ir::program const& p, ir::node_id index) { return least_of(p, index).value_or(-1) >= 0; }

/// Whether the extent is at least 1.
constexpr bool never_empty(ir::program const& p, ir::node_id extent, analysis::positive const& given) {
  return detail::limit_of(p, extent, false, given).value_or(0) >= 1;
}

/// Whether the index never reaches `extent`.
constexpr bool always_below(ir::program const& p, ir::node_id index, ir::node_id extent) {
  ir::linear const last = detail::at_limit(p, ir::linear_of(p, index), true);
  ir::linear const room = ir::add(p, ir::linear_of(p, extent), last, -1);
  return detail::limit_of(p, room, false, detail::where_needed(p, index)).value_or(0) >= 1;
}

namespace detail {

/// The value at its greatest (or least) as a sum of run-time extents and constants alone; empty if there is none.
constexpr maybe<ir::linear> without_counters(ir::program const& p, ir::node_id value, bool greatest,
                                             analysis::positive const& given) {
  ir::linear const sum = at_limit(p, ir::linear_of(p, value), greatest);
  ir::linear made{.constant = sum.constant};
  for (ir::linear::term const& t : sum.terms) {
    bool counts = false;
    ir::each_value(p, t.atom,
                   [&](ir::node_id v) { counts |= p[v].what == ir::op::counter || p[v].what == ir::op::load; });
    if (!counts) {
      ir::add_term(p, made, t.atom, t.factor);
      continue;
    }
    maybe<std::int64_t> const limit = limit_of_atom(p, t.atom, (t.factor > 0) == greatest, given);
    if (!limit) return {};
    made.constant += t.factor * *limit;
  }
  return made;
}

using divisors = static_vector<ir::node_id, 16>;

/// What the value divides by and what may be 0.
constexpr divisors open_divisors(ir::program const& p, ir::node_id value) {
  divisors all{};
  if (p.parameters.size() < 2) return all;
  analysis::positive const given = where_needed(p, value);
  ir::each_value(p, value, [&](ir::node_id v) {
    ir::node const& n = p[v];
    bool const divides = (n.what == ir::op::floor_div || n.what == ir::op::floor_mod) && !ir::is_constant(p, n.b);
    if (divides && !all.full() && !never_empty(p, n.b, given)) all.push_back(n.b);
  });
  return all;
}

}  // namespace detail

/// Whether `a` is less than `b` in all iterations of the loops of both, each for itself.
constexpr bool always_less(ir::program const& p, ir::node_id a, ir::node_id b) {
  analysis::positive const given = detail::where_needed(p, a, b);
  maybe<ir::linear> const most = detail::without_counters(p, a, true, given);
  maybe<ir::linear> const least = detail::without_counters(p, b, false, given);
  return most && least && detail::limit_of(p, ir::add(p, *least, *most, -1), false, given).value_or(0) >= 1;
}

/// Whether the value divides by what may be 0, as a run-time extent may.
constexpr bool may_divide_by_zero(ir::program const& p, ir::node_id value) {
  return !detail::open_divisors(p, value).empty();
}

/// `condition`, and then that `value` divides by nothing that is 0: for what is to be computed where nobody did before.
constexpr ir::node_id add_defined(ir::program& p, ir::node_id condition, ir::node_id value) {
  detail::divisors const open = detail::open_divisors(p, value);
  // Those in a divisor come first.
  for (std::size_t n = open.size(); n-- > 0;) {
    bool said = false;
    if (condition != ir::node_id::none) {
      ir::each_value(p, condition, [&](ir::node_id v) {
        said |= p[v].what == ir::op::not_equal && ir::is_constant(p, p[v].b, 0) && ir::same_value(p, p[v].a, open[n]);
      });
    }
    if (said) continue;
    ir::node_id const zero = ir::add_index(p, 0);
    condition = ir::add_both(p, condition, ir::add_binary(p, ir::op::not_equal, open[n], zero));
  }
  return condition;
}

/// The conditions under which `at` lies inside buffer `of`, as one boolean; none if it always does.
constexpr ir::node_id inside_condition(ir::program& p, ir::access const& at) {
  ir::node_id all = ir::node_id::none;
  for (int d = 0; d < at.rank; ++d) {
    all = add_defined(p, all, at.at[d]);
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
