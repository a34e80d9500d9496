#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/analysis/positive.hpp>
#include <tenon/ir/apply.hpp>
#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/inside.hpp>
#include <tenon/support/maybe.hpp>

namespace tenon::lower {

/// What is known of a condition before the program runs.
enum class verdict : std::uint8_t { open, holds, fails };

namespace detail {

/// Looks at each value once, and at each statement.
class simplifier {
 public:
  constexpr explicit simplifier(ir::program& in) : p(in) {}

  /// Loops that run once and are unrolled go, and their counters are 0.
  constexpr void drop_single_loops() {
    bool single[decltype(p.axes)::capacity]{};
    for (std::size_t a = 1; a < p.axes.size(); ++a) {
      single[a] = p.axes[a].kind == ir::loop_kind::unrolled && ir::is_constant(p, p.axes[a].extent, 1);
    }
    for (ir::node& n : p.nodes) {
      if (n.what == ir::op::counter && single[n.x]) n = {.what = ir::op::constant, .type = ir::index_type};
      if (n.what == ir::op::loop && single[n.x]) n = {.what = ir::op::block, .a = n.a};
    }
  }

  constexpr ir::node_id statement(ir::node_id id) {
    if (id == ir::node_id::none) return id;
    ir::node const n = p[id];
    switch (n.what) {
      case ir::op::store: {
        value(n.a);
        indices(n.access());
        ir::node_id const when = condition(n.b);
        if (judge(when) == verdict::fails) return ir::node_id::none;
        p[id].b = judge(when) == verdict::holds ? ir::node_id::none : when;
        return id;
      }
      case ir::op::prefetch: indices(n.access()); return id;
      case ir::op::block: {
        ir::node_id const first = statement(n.a);
        ir::node_id const then = statement(n.b);
        if (first == ir::node_id::none) return then;
        if (then == ir::node_id::none) return first;
        p[id].a = first;
        p[id].b = then;
        return id;
      }
      case ir::op::when: {
        ir::node_id const when = condition(n.a);
        verdict const known = judge(when);
        ir::node_id const then = known == verdict::fails ? ir::node_id::none : statement(n.b);
        ir::node_id const otherwise = known == verdict::holds ? ir::node_id::none : statement(n.c);
        if (known == verdict::holds) return then;
        if (known == verdict::fails) return otherwise;
        if (then == ir::node_id::none && otherwise == ir::node_id::none) return then;
        p[id] = {.what = ir::op::when, .a = when, .b = then, .c = otherwise};
        return id;
      }
      case ir::op::loop:
        value(p[n.axis()].extent);
        if (ir::is_constant(p, p[n.axis()].extent) && p[p[n.axis()].extent].value <= 0) return ir::node_id::none;
        break;
      default: break;
    }
    ir::node_id const body = statement(n.a);
    if (body == ir::node_id::none) return body;
    p[id].a = body;
    return id;
  }

 private:
  constexpr void indices(ir::access_id id) {
    for (int d = 0; d < p[id].rank; ++d) value(p[id].at[d]);
  }

  /// Folds what has constant operands and takes the side of a choice that is known, in place: whoever reads the value reads
  /// the simpler one.
  constexpr void value(ir::node_id id) {
    if (id == ir::node_id::none || seen[static_cast<std::size_t>(id)]) return;
    seen[static_cast<std::size_t>(id)] = true;
    ir::node const n = p[id];
    if (n.what == ir::op::load) return indices(n.access());
    if (n.what == ir::op::guarded || n.what == ir::op::select) {
      ir::node_id const when = condition(n.a);
      verdict const known = judge(when);
      if (known != verdict::fails) value(n.b);
      if (known != verdict::holds) value(n.c);
      if (known == verdict::open) {
        p[id].a = when;
      } else {
        p[id] = ir::node(p[known == verdict::holds ? n.b : n.c]);
      }
      return;
    }
    value(n.a);
    value(n.b);
    value(n.c);
    if (n.type == ir::index_type && ir::is_binary(n.what)) fold(id);
    if (p[id].what == ir::op::floor_div || p[id].what == ir::op::floor_mod) divide(id);
  }

  constexpr void fold(ir::node_id id) {
    ir::node const n = p[id];
    bool const a = ir::is_constant(p, n.a);
    bool const b = ir::is_constant(p, n.b);
    std::int64_t const x = a ? p[n.a].value : 0;
    std::int64_t const y = b ? p[n.b].value : 0;
    bool const divides =
        n.what == ir::op::div || n.what == ir::op::mod || n.what == ir::op::floor_div || n.what == ir::op::floor_mod;
    if (a && b && !(divides && y == 0)) {
      p[id] = {.what = ir::op::constant,
               .type = ir::index_type,
               .value = ir::apply(n.what, ir::index_type, {.whole = x}, {.whole = y}).whole};
    } else if (n.what == ir::op::add && a && x == 0) {
      p[id] = ir::node(p[n.b]);
    } else if (b && ((y == 0 && (n.what == ir::op::add || n.what == ir::op::sub)) ||
                     (y == 1 && (n.what == ir::op::mul || n.what == ir::op::floor_div)))) {
      p[id] = ir::node(p[n.a]);
    } else if (n.what == ir::op::mul && ((a && x == 0) || (b && y == 0))) {
      p[id] = {.what = ir::op::constant, .type = ir::index_type};
    }
  }

  /// Whether the sum always lies in 0..end-1.
  constexpr bool lies_below(ir::linear const& sum, std::int64_t end, analysis::positive const& given) const {
    return limit_of(p, at_limit(p, sum, false), false, given).value_or(-1) >= 0 &&
           limit_of(p, at_limit(p, sum, true), true, given).value_or(end) < end;
  }

  /// Takes out of a quotient what divides evenly, so that fused loops which are split again have plain indices.
  /// With c = g * d and 0 <= s < g: (c * q + g * y + s) / c is q + y / d, and the remainder is g * (y % d) + s.
  constexpr void divide(ir::node_id id) {
    ir::node const n = p[id];
    std::int64_t const c = ir::constant_or(p, n.b, 0);
    if (c <= 0) return;
    ir::linear const sum = ir::linear_of(p, n.a);
    ir::linear whole{.constant = ir::floor_div(sum.constant, c)};
    ir::linear rest{.constant = ir::floor_mod(sum.constant, c)};
    for (ir::linear::term const& t : sum.terms) {
      if (t.factor % c == 0) {
        whole.terms.push_back({t.atom, t.factor / c});
      } else {
        rest.terms.push_back(t);
      }
    }
    bool const quotient = n.what == ir::op::floor_div;
    analysis::positive const given = where_needed(p, n.a);
    if (lies_below(rest, c, given)) {
      p[id] = ir::node(p[ir::add_linear(p, quotient ? whole : rest)]);
      return;
    }
    for (ir::linear::term const& large : rest.terms) {
      std::int64_t const g = ir::gcd(c, large.factor);
      ir::linear small{.constant = rest.constant % g};
      ir::linear more{.constant = rest.constant / g};
      for (ir::linear::term const& t : rest.terms) {
        if (t.factor % g == 0) {
          more.terms.push_back({t.atom, t.factor / g});
        } else {
          small.terms.push_back(t);
        }
      }
      if (g == 1 || !lies_below(small, g, given)) continue;
      ir::node_id const part = ir::add_index(p, n.what, ir::add_linear(p, more), c / g);
      ir::node_id const made =
          quotient ? ir::add_index(p, ir::op::add, ir::add_linear(p, whole), part)
                   : ir::add_index(p, ir::op::add, ir::add_index(p, ir::op::mul, part, g), ir::add_linear(p, small));
      p[id] = ir::node(p[made]);
      return;
    }
  }

  /// The condition without the parts that hold anyway; none if all do.
  constexpr ir::node_id condition(ir::node_id id) {
    if (id == ir::node_id::none || judge(id) == verdict::holds) return ir::node_id::none;
    ir::node const n = p[id];
    if (judge(id) == verdict::open) {
      if (n.what == ir::op::logical_and) {
        ir::node_id const a = condition(n.a);
        ir::node_id const b = condition(n.b);
        return a == n.a && b == n.b ? id : ir::add_both(p, a, b);
      }
      value(n.a);
      value(n.b);
    }
    return id;
  }

  constexpr verdict judge(ir::node_id id) {
    if (id == ir::node_id::none) return verdict::holds;
    auto const slot = static_cast<std::size_t>(id);
    if (!judged[slot]) {
      judged[slot] = true;
      verdict const made = fresh_verdict(id);
      verdicts[slot] = made;
    }
    return verdicts[slot];
  }

  constexpr verdict fresh_verdict(ir::node_id id) {
    ir::node const n = p[id];
    auto const opposite = [](verdict v) {
      return v == verdict::open ? v : v == verdict::holds ? verdict::fails : verdict::holds;
    };
    switch (n.what) {
      case ir::op::constant: return n.value != 0 ? verdict::holds : verdict::fails;
      case ir::op::logical_not: return opposite(judge(n.a));
      case ir::op::logical_and:
      case ir::op::logical_or: {
        verdict const enough = n.what == ir::op::logical_or ? verdict::holds : verdict::fails;
        verdict const a = judge(n.a);
        verdict const b = judge(n.b);
        if (a == enough || b == enough) return enough;
        return a == b ? a : verdict::open;
      }
      case ir::op::less:
      case ir::op::less_equal:
      case ir::op::equal:
      case ir::op::not_equal: break;
      default: return verdict::open;
    }
    if (p[n.a].type != ir::index_type) return verdict::open;
    analysis::positive const given = where_needed(p, n.a, n.b);
    ir::linear const gap = ir::add(p, ir::linear_of(p, n.b), ir::linear_of(p, n.a), -1);
    maybe<std::int64_t> const least = limit_of(p, at_limit(p, gap, false), false, given);
    maybe<std::int64_t> const most = limit_of(p, at_limit(p, gap, true), true, given);
    if (n.what == ir::op::equal || n.what == ir::op::not_equal) {
      verdict equal = verdict::open;
      if ((least && *least > 0) || (most && *most < 0)) equal = verdict::fails;
      if (least && most && *least == 0 && *most == 0) equal = verdict::holds;
      return n.what == ir::op::equal ? equal : opposite(equal);
    }
    std::int64_t const needed = n.what == ir::op::less ? 1 : 0;
    if (least && *least >= needed) return verdict::holds;
    return most && *most < needed ? verdict::fails : verdict::open;
  }

  ir::program& p;
  bool seen[decltype(p.nodes)::capacity]{};
  bool judged[decltype(p.nodes)::capacity]{};
  verdict verdicts[decltype(p.nodes)::capacity]{};
};

}  // namespace detail

/// Drops conditions that hold anyway and statements that never happen, as far as the extents of the loops tell.
constexpr ir::program drop_known_conditions(ir::program p) {
  p.root = detail::simplifier{p}.statement(p.root);
  return p;
}

/// Folds constants, drops conditions that hold anyway, statements that never happen, and unrolled loops of one iteration.
///
///     for i in 0..3                            for i in 0..3
///       y[i * 1 + 0] = ... if i < 4    =>        y[i] = ...
///
/// Keeps: what is stored, and the order of it.
constexpr ir::program simplify(ir::program p) {
  detail::simplifier simpler{p};
  simpler.drop_single_loops();
  p.root = simpler.statement(p.root);
  return p;
}

}  // namespace tenon::lower
