#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/analysis/positive.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/support/static_vector.hpp>

namespace tenon::analysis {

/// A number that a value is proved not to pass, if one is known.
struct limit {
  bool known = false;
  std::int64_t value = 0;
  constexpr bool operator==(limit const&) const = default;
};

/// The values from least to greatest.
struct interval {
  limit least{};
  limit greatest{};
  constexpr bool operator==(interval const&) const = default;
};

/// What is known where a statement stands: counters run from 0 to below their extents, run-time extents obey their
/// bounds, and the conditions assumed hold. Answers are proved, or "not known".
class facts {
 public:
  constexpr explicit facts(ir::program const& what) : p(what) {}

  /// From here on a loop over the axis is around: it runs at least once.
  constexpr void enter(ir::axis_id a) { note_positive(p[a].extent, 1); }
  constexpr void leave(ir::axis_id a) { note_positive(p[a].extent, -1); }

  /// From here on the condition holds, or does not. What cannot be used is let go.
  constexpr void assume(ir::node_id condition, bool holds = true) {
    ir::node const& n = p[condition];
    switch (n.what) {
      case ir::op::logical_not: return assume(n.a, !holds);
      case ir::op::logical_and:
      case ir::op::logical_or:
        if (holds != (n.what == ir::op::logical_and)) return;
        assume(n.a, holds);
        return assume(n.b, holds);
      case ir::op::less: return holds ? below(n.a, n.b, 1) : below(n.b, n.a, 0);
      case ir::op::less_equal: return holds ? below(n.a, n.b, 0) : below(n.b, n.a, 1);
      case ir::op::equal:
      case ir::op::not_equal:
        if (holds != (n.what == ir::op::equal)) return;
        below(n.a, n.b, 0);
        return below(n.b, n.a, 0);
      case ir::op::constant:
        if (holds != (n.value != 0)) assume_room(ir::linear{.constant = -1});
        return;
      default: return;
    }
  }
  /// How many assumptions there are; `forget` goes back to such a number.
  constexpr std::size_t count() const { return assumed.size(); }
  constexpr void forget(std::size_t down_to) {
    while (assumed.size() > down_to) assumed.pop_back();
    if (down_to <= impossible) impossible = nothing;
  }
  constexpr ir::linear const& assumption(std::size_t n) const { return assumed[n]; }

  /// Whether the conditions contradict each other or what else is known: what stands under them never runs.
  constexpr bool never_runs() const { return impossible != nothing; }

  /// Whether the sum is proved to be at least 0.
  constexpr bool never_negative(ir::linear const& sum) const {
    return never_runs() || at_least_zero(improved(sum, 2, true));
  }
  constexpr bool never_negative(ir::node_id value) const { return never_negative(ir::linear_of(p, value)); }
  /// Whether a < b always.
  constexpr bool always_less(ir::node_id a, ir::node_id b) const {
    ir::linear room = ir::add(p, ir::linear_of(p, b), ir::linear_of(p, a), -1);
    --room.constant;
    return never_negative(room);
  }

  /// The greatest number that the sum is proved not to fall below.
  constexpr limit least(ir::linear const& sum) const { return improved(sum, 1, false); }
  constexpr interval range_of(ir::linear const& sum) const {
    limit const other = least(ir::add(p, ir::linear{}, sum, -1));
    return {least(sum), {other.known, -other.value}};
  }
  constexpr interval range_of(ir::node_id value) const { return range_of(ir::linear_of(p, value)); }

  /// Whether the sum takes the value that `least` gives: its counters are its own, nothing is assumed about them, and
  /// run-time extents cancel.
  constexpr bool is_exact(ir::linear const& sum) const {
    ir::linear rest{};
    for (ir::linear::term const& t : sum.terms) {
      if (p[t.atom].what != ir::op::counter) {
        ir::add_term(p, rest, t.atom, t.factor);
        continue;
      }
      if (t.factor < 0) rest = ir::add(p, rest, ir::linear_of(p, p[p[t.atom].axis()].extent), t.factor);
      for (ir::linear const& other : assumed) {
        for (ir::linear::term const& o : other.terms) {
          if (ir::same_value(p, o.atom, t.atom)) return false;
        }
      }
    }
    return ir::add(p, ir::linear{}, rest).terms.empty();
  }

 private:
  static constexpr bool at_least_zero(limit l) { return l.known && l.value >= 0; }
  static constexpr limit greater(limit a, limit b) { return !a.known ? b : !b.known ? a : a.value < b.value ? b : a; }
  static constexpr limit lesser(limit a, limit b) { return !a.known || !b.known ? limit{} : a.value < b.value ? a : b; }

  constexpr void below(ir::node_id a, ir::node_id b, std::int64_t by) {
    if (p[a].type != ir::index_type || p[b].type != ir::index_type) return;
    ir::linear room = ir::add(p, ir::linear_of(p, b), ir::linear_of(p, a), -1);
    room.constant -= by;
    assume_room(room);
  }
  constexpr void assume_room(ir::linear const& room) {
    if (assumed.full()) return;
    limit const most = least(ir::add(p, ir::linear{}, room, -1));
    if (most.known && most.value > 0 && impossible == nothing) impossible = assumed.size();
    assumed.push_back(room);
  }

  constexpr void note_positive(ir::node_id extent, int by) {
    each_positive(p, extent, [&](ir::parameter_id e) { positive[static_cast<std::size_t>(e)] += by; });
  }

  /// The best that is found for the sum, also less multiples of what is assumed not to be negative.
  constexpr limit improved(ir::linear const& sum, int depth, bool zero_will_do, int deep = 1) const {
    limit best = relaxed(sum, deep);
    for (std::size_t n = 0; depth > 0 && n < assumed.size(); ++n) {
      ir::linear const& room = assumed[n];
      std::int64_t tried = 0;
      for (ir::linear::term const& t : room.terms) {
        if (zero_will_do && at_least_zero(best)) return best;
        std::int64_t const times = shared_factor(sum, t);
        if (times <= 0 || times == tried) continue;
        tried = times;
        best = greater(best, improved(ir::add(p, sum, room, -times), depth - 1, zero_will_do, deep));
      }
    }
    return best;
  }
  constexpr std::int64_t shared_factor(ir::linear const& sum, ir::linear::term const& with) const {
    for (ir::linear::term const& t : sum.terms) {
      if (ir::same_value(p, t.atom, with.atom)) return t.factor % with.factor == 0 ? t.factor / with.factor : 0;
    }
    return 0;
  }

  constexpr bool has_counter(ir::node_id id) const {
    if (id == ir::node_id::none) return false;
    ir::node const& n = p[id];
    if (n.what == ir::op::counter || n.what == ir::op::load) return true;
    return has_counter(n.a) || has_counter(n.b) || has_counter(n.c);
  }

  /// What is to be replaced first: what hides counters, then counters, then what hides run-time extents, then those.
  constexpr int turn_of(ir::node_id atom) const {
    switch (p[atom].what) {
      case ir::op::counter: return 1;
      case ir::op::parameter: return 3;
      default: return has_counter(atom) ? 0 : 2;
    }
  }

  /// A number that the sum does not fall below, found by replacing its atoms one after another by their limits.
  constexpr limit relaxed(ir::linear const& sum, int deep = 1) const {
    if (sum.terms.empty()) return {true, sum.constant};
    std::size_t first = 0;
    int turn = 9;
    for (std::size_t n = 0; n < sum.terms.size(); ++n) {
      int const t = turn_of(sum.terms[n].atom);
      if (t < turn) first = n, turn = t;
    }
    std::int64_t const factor = sum.terms[first].factor;
    ir::node_id const atom = sum.terms[first].atom;
    ir::node const& n = p[atom];
    ir::linear rest{.constant = sum.constant};
    for (std::size_t m = 0; m < sum.terms.size(); ++m) {
      if (m != first) rest.terms.push_back(sum.terms[m]);
    }
    auto const with = [&](ir::node_id value, std::int64_t times) {
      return relaxed(ir::add(p, rest, ir::linear_of(p, value), times), deep);
    };
    auto const with_number = [&](limit l) {
      if (!l.known) return limit{};
      ir::linear moved = rest;
      moved.constant += factor * l.value;
      return relaxed(moved, deep);
    };
    switch (n.what) {
      case ir::op::counter: {
        if (factor > 0) return with_number({true, 0});
        ir::linear last = ir::linear_of(p, p[n.axis()].extent);
        --last.constant;
        return relaxed(ir::add(p, rest, last, factor), deep);
      }
      case ir::op::parameter: {
        ir::parameter const& e = p[n.parameter()];
        if (factor > 0) return with_number({true, positive[n.x] > 0 ? e.divisor : 0});
        return with_number({e.bound > 0, e.bound});
      }
      case ir::op::min:
      case ir::op::max: {
        limit const a = with(n.a, factor);
        limit const b = with(n.b, factor);
        return (n.what == ir::op::min) == (factor > 0) ? lesser(a, b) : greater(a, b);
      }
      case ir::op::select:
      case ir::op::guarded: return lesser(with(n.b, factor), with(n.c, factor));
      case ir::op::absolute: {
        limit const a = with(n.a, factor);
        limit const b = with(n.a, -factor);
        return factor > 0 ? greater(greater(a, b), with_number({true, 0})) : lesser(a, b);
      }
      case ir::op::floor_div:
      case ir::op::floor_mod: break;
      case ir::op::mul: return with_number(factor > 0 ? product_of(n).least : product_of(n).greatest);
      case ir::op::load: return with_number(factor > 0 ? range_of_type(n.type).least : range_of_type(n.type).greatest);
      case ir::op::cast:
        return with_number(factor > 0 ? range_of_type(p[n.a].type).least : range_of_type(p[n.a].type).greatest);
      default: return {};
    }
    if (p[n.b].what != ir::op::constant || p[n.b].value < 1) return {};
    return divided(n, rest, factor, deep);
  }

  /// rest + factor * (a / f), or rest + factor * (a % f): f * (a / f) lies from a - f + 1 to a.
  constexpr limit divided(ir::node const& n, ir::linear const& rest, std::int64_t factor, int deep) const {
    std::int64_t const f = p[n.b].value;
    ir::linear const over = ir::linear_of(p, n.a);
    // Conditions may say more about what is divided; inside of that, they are left alone.
    interval const of{improved(over, deep, false, 0),
                      negated(improved(ir::add(p, ir::linear{}, over, -1), deep, false, 0))};
    auto const with_number = [&](limit l) {
      if (!l.known) return limit{};
      ir::linear moved = rest;
      moved.constant += factor * l.value;
      return relaxed(moved, deep);
    };
    if (n.what == ir::op::floor_mod) {
      bool const within = of.least.known && of.greatest.known && of.least.value >= 0 && of.greatest.value < f;
      limit const found = with_number({true, factor > 0 ? 0 : f - 1});
      return within ? greater(found, relaxed(ir::add(p, rest, over, factor), deep)) : found;
    }
    limit const end = factor > 0 ? of.least : of.greatest;
    limit const by_number = with_number({end.known, end.known ? ir::floor_div(end.value, f) : 0});
    // The same, f times as large, as far as that is needed to divide evenly; the sum is whole, so rounding up is allowed.
    std::int64_t const scale = factor % f == 0 ? 1 : f;
    ir::linear bound = over;
    if (factor > 0) bound.constant -= f - 1;
    limit const whole = relaxed(ir::add(p, ir::add(p, ir::linear{}, rest, scale), bound, factor * scale / f), deep);
    return greater(by_number, limit{whole.known, whole.known ? -ir::floor_div(-whole.value, scale) : 0});
  }
  static constexpr limit negated(limit l) { return {l.known, -l.value}; }

  constexpr interval product_of(ir::node const& n) const {
    interval const a = plain(n.a);
    interval const b = plain(n.b);
    interval made{};
    if (at_least_zero(a.least) && at_least_zero(b.least)) {
      made.least = {true, a.least.value * b.least.value};
      if (a.greatest.known && b.greatest.known) made.greatest = {true, a.greatest.value * b.greatest.value};
    }
    return made;
  }
  constexpr interval plain(ir::node_id value) const {
    ir::linear const sum = ir::linear_of(p, value);
    return {relaxed(sum, 0), negated(relaxed(ir::add(p, ir::linear{}, sum, -1), 0))};
  }
  static constexpr interval range_of_type(element e) {
    int const bits = ir::bits_of(e);
    if (e == element::boolean) return {{true, 0}, {true, 1}};
    if (!ir::is_integer(e) || bits > 32) return {};
    if (ir::is_unsigned(e)) return {{true, 0}, {true, (std::int64_t{1} << bits) - 1}};
    return {{true, -(std::int64_t{1} << (bits - 1))}, {true, (std::int64_t{1} << (bits - 1)) - 1}};
  }

  ir::program const& p;
  static constexpr std::size_t nothing = ~std::size_t{0};
  static_vector<ir::linear, 24> assumed{};
  std::size_t impossible = nothing;  // the first assumption that cannot hold
  int positive[decltype(ir::program::parameters)::capacity]{};
};

}  // namespace tenon::analysis
