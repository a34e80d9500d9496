#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/analysis/interval.hpp>
#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/ir/spell.hpp>
#include <tenon/ir/uses.hpp>
#include <tenon/support/refusal.hpp>
#include <tenon/support/text_view.hpp>

namespace tenon::analysis {

/// Whether the iterations of such a loop may run at the same time, in threads of their own.
constexpr bool runs_at_once(ir::loop_kind kind) {
  return kind == ir::loop_kind::parallel || (kind >= ir::loop_kind::block_x && kind <= ir::loop_kind::thread_z);
}

namespace detail {

/// The iterations of one loop never meet in an element: each access has a number that tells them apart.
class race_finder {
 public:
  constexpr race_finder(ir::program const& what, ir::uses_table& uses, ir::node_id which)
      : p(what), known(what), table(uses), loop(which) {}

  constexpr refusal find() {
    collect();
    for (std::size_t b = 1; b < p.buffers.size() && !found; ++b) {
      auto const id = static_cast<ir::buffer_id>(b);
      if (written[b] && !inside.has(id)) separate(id);
    }
    return found;
  }

 private:
  struct touch {
    ir::access_id where{};
    bool writes = false;
    ir::node_id condition{};  // of the store
  };
  /// A number made of an access's indices: one of them, or the fused counter that two of them were taken from.
  struct key {
    std::uint16_t first = 0;
    std::uint16_t second = 0;
    ir::linear sum{};
  };
  using keys = static_vector<key, 12>;

  constexpr ir::axis_id axis() const { return p[loop].axis(); }

  constexpr void collect() {
    ir::each_statement(p, p[loop].a, [this](ir::node_id id) {
      ir::node const& n = p[id];
      if (n.what == ir::op::loop) inside.add(n.axis());
      if (n.what == ir::op::allocate) inside.add(n.buffer());
      if (n.what != ir::op::store) return;
      ++stamp;
      condition = ir::node_id::none;
      loads(n.b);
      condition = n.b;
      note(n.access(), true);
      loads(n.a);
      ir::access const& a = p[n.access()];
      for (int d = 0; d < a.rank; ++d) loads(a.at[d]);
    });
  }
  constexpr void note(ir::access_id a, bool writes) {
    touches.push_back({a, writes, condition});
    written[static_cast<std::size_t>(p[a].of)] |= writes;
  }
  constexpr void loads(ir::node_id id) {
    if (id == ir::node_id::none || seen[static_cast<std::size_t>(id)] == stamp) return;
    seen[static_cast<std::size_t>(id)] = stamp;
    ir::node const& n = p[id];
    if (n.what == ir::op::load) {
      note(n.access(), false);
      ir::access const& a = p[n.access()];
      for (int d = 0; d < a.rank; ++d) loads(a.at[d]);
      return;
    }
    if (n.what < ir::op::load) return;
    loads(n.a);
    loads(n.b);
    loads(n.c);
  }

  constexpr void separate(ir::buffer_id of) {
    bool const apart = some_key_separates(of, true);
    if (apart && some_key_separates(of, false)) return;
    text& to = found.sentence;
    constexpr text_view places[]{"block_x", "block_y", "block_z", "thread_x", "thread_y", "thread_z"};
    ir::loop_kind const kind = p[axis()].kind;
    bool const interleaved = kind == ir::loop_kind::virtual_thread;
    bool const bound = kind >= ir::loop_kind::block_x && kind <= ir::loop_kind::thread_z;
    to << (interleaved ? "virtual_thread(" : bound ? "bind(" : "parallel(") << p[axis()].name;
    if (bound) to << ", " << places[static_cast<int>(kind) - static_cast<int>(ir::loop_kind::block_x)];
    to << "): ";
    for (touch const& t : touches) {
      if (p[t.where].of != of || (apart ? t.writes : !t.writes)) continue;
      if (apart) {
        to << "an iteration reads " << ir::spelled(p, t.where) << ", which another one writes; compute " << p[of].name
           << " before the loop or inside it";
      } else {
        to << (table.of(t.where).has(axis()) ? "two iterations may write the same element " : "all iterations write ")
           << ir::spelled(p, t.where)
           << (interleaved ? "; take another loop"
               : bound     ? "; bind another loop"
                           : "; run another loop in parallel");
        if (p[axis()].reduces) to << ", or rfactor(" << p[axis()].name << ") first";
      }
      return;
    }
  }

  /// Whether there is a key in which all accesses of the buffer move on by the same step with each iteration, and stay
  /// closer to each other than that within one.
  constexpr bool some_key_separates(ir::buffer_id of, bool only_writes) {
    keys const first = keys_of(first_touch(of));
    for (key const& candidate : first) {
      if (separates(candidate, of, only_writes)) return true;
    }
    return false;
  }
  constexpr ir::access_id first_touch(ir::buffer_id of) const {
    for (touch const& t : touches) {
      if (t.writes && p[t.where].of == of) return t.where;
    }
    return ir::access_id::none;
  }

  constexpr bool separates(key const& by, ir::buffer_id of, bool only_writes) {
    std::int64_t const step = ir::factor_of(p, by.sum, axis());
    if (step == 0) return false;
    ir::linear const around = part_of(by.sum, false);
    std::int64_t least = 0;
    std::int64_t most = 0;
    std::int64_t grid = 0;  // what moves within an iteration moves by multiples of this
    std::int64_t offset = 0;
    bool on_grid = true;
    bool bounded = true;
    bool any = false;
    for (touch const& t : touches) {
      if (p[t.where].of != of || (only_writes && !t.writes)) continue;
      bool same = false;
      for (key const& k : keys_of(t.where)) {
        if (k.first != by.first || k.second != by.second) continue;
        ir::linear const other = part_of(k.sum, false);
        if (ir::factor_of(p, k.sum, axis()) != step || !(ir::add(p, around, other, -1).terms.empty())) continue;
        ir::linear within = part_of(k.sum, true);
        within.constant += other.constant - around.constant;
        on_grid &= !any || offset == within.constant;
        offset = within.constant;
        for (ir::linear::term const& w : within.terms) grid = ir::gcd(grid, w.factor);
        std::size_t const before = known.count();
        if (t.condition != ir::node_id::none) known.assume(t.condition);
        interval const range = known.range_of(within);
        known.forget(before);
        bounded &= range.least.known && range.greatest.known;
        least = any && least < range.least.value ? least : range.least.value;
        most = any && most > range.greatest.value ? most : range.greatest.value;
        any = same = true;
        break;
      }
      if (!same) return false;
    }
    std::int64_t const stride = step < 0 ? -step : step;
    if (any && bounded && most - least < stride) return true;
    // Or what moves within an iteration jumps over all iterations.
    ir::node_id const extent = p[axis()].extent;
    return any && on_grid && ir::is_constant(p, extent) && stride * (p[extent].value - 1) < grid;
  }

  /// The terms that change within one iteration of the loop, or those (and the constant) that do not; without its counter.
  constexpr ir::linear part_of(ir::linear const& sum, bool within) {
    ir::linear part{.constant = within ? 0 : sum.constant};
    for (ir::linear::term const& t : sum.terms) {
      if (p[t.atom].what == ir::op::counter && p[t.atom].axis() == axis()) continue;
      if (changes(t.atom) == within) part.terms.push_back(t);
    }
    return part;
  }
  constexpr bool changes(ir::node_id atom) {
    ir::uses const& made_of = table.of(atom);
    if (made_of.has(axis()) || made_of.buffers != 0) return true;
    for (std::size_t w = 0; w < ir::uses::words; ++w) {
      if ((made_of.axes[w] & inside.axes[w]) != 0) return true;
    }
    return false;
  }

  constexpr keys keys_of(ir::access_id id) const {
    keys all{};
    if (id == ir::access_id::none) return all;
    ir::access const& a = p[id];
    for (int d = 0; d < a.rank; ++d) all.push_back({static_cast<std::uint16_t>(d + 1), 0, ir::linear_of(p, a.at[d])});
    for (std::size_t n = 1; n < all.size(); ++n) {
      for (std::size_t m = 0; m < n && !all.full(); ++m) {
        for (auto [high, low] : {pair{m, n}, pair{n, m}}) {
          ir::node_id const whole = fused(all[high].sum, all[low].sum);
          if (whole == ir::node_id::none || all.full()) continue;
          all.push_back(
              {static_cast<std::uint16_t>(high + 100), static_cast<std::uint16_t>(low + 100), ir::linear_of(p, whole)});
        }
      }
    }
    return all;
  }
  struct pair {
    std::size_t high;
    std::size_t low;
  };
  /// x, if the sums are x / n and x % n.
  constexpr ir::node_id fused(ir::linear const& high, ir::linear const& low) const {
    if (high.constant != 0 || low.constant != 0 || high.terms.size() != 1 || low.terms.size() != 1)
      return ir::node_id::none;
    if (high.terms[0].factor != 1 || low.terms[0].factor != 1) return ir::node_id::none;
    ir::node const& quotient = p[high.terms[0].atom];
    ir::node const& rest = p[low.terms[0].atom];
    bool const whole = quotient.what == ir::op::floor_div && rest.what == ir::op::floor_mod &&
                       ir::same_value(p, quotient.a, rest.a) && ir::same_value(p, quotient.b, rest.b);
    return whole ? quotient.a : ir::node_id::none;
  }

  ir::program const& p;
  facts known;
  ir::uses_table& table;
  ir::node_id loop;
  ir::uses inside{};
  static_vector<touch, 2 * decltype(ir::program::accesses)::capacity> touches{};
  std::uint16_t stamp = 0;
  ir::node_id condition{};
  std::uint16_t seen[decltype(ir::program::nodes)::capacity]{};
  bool written[decltype(ir::program::buffers)::capacity]{};
  refusal found{};
};

/// Whether a loop has no two iterations, as one that takes what a run-time extent leaves over.
constexpr bool runs_at_most_once(ir::program const& p, ir::node_id extent) {
  if (ir::is_constant(p, extent)) return p[extent].value < 2;
  limit const most = facts(p).range_of(extent).greatest;
  return most.known && most.value < 2;
}

}  // namespace detail

/// Why two iterations of the loop at `loop` may meet in an element that one of them writes, or nothing where it is proved that
/// they do not.
constexpr refusal races(ir::program const& p, ir::node_id loop) {
  if (detail::runs_at_most_once(p, p[p[loop].axis()].extent)) return {};
  ir::uses_table table(p);
  return detail::race_finder(p, table, loop).find();
}

/// Why two iterations of a parallel loop may meet in an element that one of them writes, or nothing where it is proved
/// that they do not.
constexpr refusal races(ir::program const& p) {
  ir::uses_table table(p);
  refusal found{};
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (found || p[id].what != ir::op::loop || !runs_at_once(p[p[id].axis()].kind)) return;
    if (detail::runs_at_most_once(p, p[p[id].axis()].extent)) return;
    found = detail::race_finder(p, table, id).find();
  });
  return found;
}

}  // namespace tenon::analysis
