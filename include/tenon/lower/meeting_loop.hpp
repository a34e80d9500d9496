#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/inside.hpp>
#include <tenon/support/maybe.hpp>

namespace tenon::lower {

/// Loops around a statement.
using loop_chain = static_vector<ir::node_id, 32>;

namespace detail {

/// Reads the counters of loops off the indices of one access: `8 * i.outer + i.inner` tells both if i.inner stays below 8.
class counters_told {
 public:
  constexpr counters_told(ir::program const& program, ir::access const& at, loop_chain const& loops) : p(program) {
    for (ir::node_id l : loops) {
      if (greatest_of(p, p[p[l].axis()].extent).value_or(2) > 1) open[p[l].x] = true;
    }
    for (int d = 0; d < at.rank; ++d) indices.push_back(at.at[d]);
    for (std::size_t n = 1; n < indices.size(); ++n) {
      for (std::size_t m = 0; m < n; ++m) {
        join(indices[m], indices[n]);
        join(indices[n], indices[m]);
      }
    }
    for (bool more = true; more;) {
      more = false;
      for (ir::node_id index : indices) more |= read_off(index);
    }
  }

  constexpr bool tells(ir::node_id loop) const { return !open[p[loop].x]; }

 private:
  /// x / n and x % n tell x.
  constexpr void join(ir::node_id high, ir::node_id low) {
    ir::node const& quotient = p[high];
    ir::node const& rest = p[low];
    bool const whole = quotient.what == ir::op::floor_div && rest.what == ir::op::floor_mod &&
                       ir::same_value(p, quotient.a, rest.a) && ir::same_value(p, quotient.b, rest.b);
    if (whole && !indices.full()) indices.push_back(quotient.a);
  }

  /// Whether the index tells counters that were open. Each has to go further than all that move by smaller steps together.
  constexpr bool read_off(ir::node_id index) {
    ir::linear moving{};
    for (ir::linear::term const& t : ir::linear_of(p, index).terms) {
      if (p[t.atom].what == ir::op::counter && open[p[t.atom].x]) {
        moving.terms.push_back({t.atom, t.factor < 0 ? -t.factor : t.factor});
      } else if (is_unclear(t.atom)) {
        return false;
      }
    }
    auto& terms = moving.terms;
    for (std::size_t n = 1; n < terms.size(); ++n) {
      for (std::size_t m = n; m > 0 && terms[m].factor < terms[m - 1].factor; --m) {
        ir::linear::term const smaller = terms[m];
        terms[m] = terms[m - 1];
        terms[m - 1] = smaller;
      }
    }
    maybe<std::int64_t> below = 0;
    for (ir::linear::term const& t : terms) {
      if (!below || t.factor <= *below) return false;
      maybe<std::int64_t> const extent = greatest_of(p, p[p[t.atom].axis()].extent);
      below = extent ? maybe(*below + t.factor * (*extent - 1)) : maybe<std::int64_t>{};
    }
    for (ir::linear::term const& t : terms) open[p[t.atom].x] = false;
    return !terms.empty();
  }
  constexpr bool is_unclear(ir::node_id atom) const {
    bool found = false;
    ir::each_value(p, atom, [&](ir::node_id v) {
      found |= p[v].what == ir::op::load || (p[v].what == ir::op::counter && open[p[v].x]);
    });
    return found;
  }

  ir::program const& p;
  bool open[decltype(ir::program::axes)::capacity]{};
  static_vector<ir::node_id, 3 * ir::max_rank> indices{};
};

}  // namespace detail

/// A loop of which two turns may meet in one element of the access, the last of those listed; none if every turn of all of
/// them has an element of its own.
constexpr ir::node_id meeting_loop(ir::program const& p, ir::access const& at, loop_chain const& loops) {
  detail::counters_told const known(p, at, loops);
  ir::node_id found = ir::node_id::none;
  for (ir::node_id l : loops) {
    if (!known.tells(l)) found = l;
  }
  return found;
}

}  // namespace tenon::lower
