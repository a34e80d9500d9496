#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/analysis/interval.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/ir/uses.hpp>

namespace tenon::analysis {

/// The elements that a store writes while some of the loops around it run: a box whose sides are made of the other counters.
struct box {
  bool clear = false;  // each element of the box is written, and none outside
  bool once = true;  // and by one iteration only
  ir::axis_id again{};  // else: a loop that writes the same elements with each turn
  std::uint8_t rank = 0;
  ir::linear low[ir::max_rank]{};
  ir::linear end[ir::max_rank]{};  // behind the last
};

namespace detail {

class box_finder {
 public:
  /// `running`: the axes of the loops that run.
  constexpr box_finder(ir::program const& what, ir::node_id which, ir::uses const& running_axes)
      : p(what), store(what[which]), running(running_axes), left(running_axes) {}

  constexpr box find() {
    ir::access const& a = p[store.access()];
    made.rank = a.rank;
    made.clear = true;
    for (int d = 0; d < a.rank && made.clear; ++d) side(d, ir::linear_of(p, a.at[d]));
    for (std::size_t n = 1; n < p.axes.size(); ++n) {
      auto const id = static_cast<ir::axis_id>(n);
      if (!left.has(id) || p[id].reduces || (p[p[id].extent].what == ir::op::constant && p[p[id].extent].value == 1))
        continue;
      made.once = false;
      made.again = id;
    }
    if (made.clear && store.b != ir::node_id::none) condition(store.b);
    return made;
  }

 private:
  constexpr bool runs(ir::node_id atom) const { return p[atom].what == ir::op::counter && running.has(p[atom].axis()); }

  /// One dimension: digits of a number, the last one first, each a counter of its own.
  constexpr void side(int d, ir::linear const& index) {
    ir::linear digits{};
    ir::linear base{.constant = index.constant};
    for (ir::linear::term const& t : index.terms) {
      bool const is_counter = p[t.atom].what == ir::op::counter;
      if (!is_counter && p[t.atom].what != ir::op::parameter) made.clear = false;
      (runs(t.atom) ? digits : base).terms.push_back(t);
    }
    made.low[d] = base;
    ir::linear size{.constant = 1};
    bool used[16]{};
    for (std::size_t n = 0; n < digits.terms.size() && made.clear; ++n) {
      std::size_t next = digits.terms.size();
      for (std::size_t m = 0; m < digits.terms.size(); ++m) {
        if (!used[m] && size == ir::linear{.constant = digits.terms[m].factor}) next = m;
      }
      if (next == digits.terms.size()) {
        made.clear = false;
        return;
      }
      used[next] = true;
      ir::axis_id const a = p[digits.terms[next].atom].axis();
      made.clear &= left.has(a);
      left.remove(a);
      size = ir::add(p, ir::linear{}, ir::linear_of(p, p[a].extent), digits.terms[next].factor);
    }
    made.end[d] = ir::add(p, base, size);
  }

  /// Parts of a condition that say where a side ends.
  constexpr void condition(ir::node_id id) {
    ir::node const& n = p[id];
    if (n.what == ir::op::logical_and) {
      condition(n.a);
      return condition(n.b);
    }
    if (n.what != ir::op::less) {
      made.clear = false;
      return;
    }
    ir::access const& a = p[store.access()];
    // index + rest < 0, where the rest does not change while the loops run.
    ir::linear const whole = ir::add(p, ir::linear_of(p, n.a), ir::linear_of(p, n.b), -1);
    for (int d = 0; d < a.rank; ++d) {
      ir::linear const rest = ir::add(p, whole, ir::linear_of(p, a.at[d]), -1);
      bool still = true;
      for (ir::linear::term const& t : rest.terms)
        still &= !runs(t.atom) && (p[t.atom].what == ir::op::counter || p[t.atom].what == ir::op::parameter);
      if (!still) continue;
      ir::linear const end = ir::add(p, ir::linear{}, rest, -1);
      facts const known(p);
      if (known.never_negative(ir::add(p, end, made.end[d], -1))) return;
      if (known.never_negative(ir::add(p, made.end[d], end, -1))) {
        made.end[d] = end;
        return;
      }
      break;
    }
    made.clear = false;
  }

  ir::program const& p;
  ir::node store;
  ir::uses running;
  ir::uses left;
  box made{};
};

}  // namespace detail

/// What the store writes while the loops over these axes run.
constexpr box box_of(ir::program const& p, ir::node_id store, ir::uses const& running) {
  return detail::box_finder(p, store, running).find();
}

}  // namespace tenon::analysis
