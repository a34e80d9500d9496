#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/clone.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/conditions.hpp>

namespace tenon::lower {

namespace detail {

/// Which conditions of updates keep out nothing but zeros.
class zero_terms {
 public:
  constexpr explicit zero_terms(ir::program& program) : p(program) {
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      if (p[id].what == ir::op::store) note(id);
    });
  }

  constexpr void run() {
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      ir::node const n = p[id];
      if (n.what != ir::op::store || n.b == ir::node_id::none || n.reduction() == ir::reduction_id::none) return;
      if (p[n.reduction()].kind != ir::reduction_kind::sum || p[n.a].what != ir::op::add) return;
      if (p[p[n.a].a].what != ir::op::load || p[p[n.a].b].what != ir::op::mul) return;
      ir::node const& term = p[p[n.a].b];
      if (!stays_inside(p, p[n.access()])) return;
      ir::node_id const left = without(p[n.access()].of, n.b, term.a, term.b);
      p[id].b = left;
    });
  }

 private:
  /// Where a buffer gets its elements, if it is one store without a condition of a load or zero.
  struct filling {
    int stores = 0;
    ir::node_id only = ir::node_id::none;
  };

  constexpr void note(ir::node_id id) {
    ir::node const& n = p[id];
    filling& f = filled[static_cast<std::size_t>(p[n.access()].of)];
    ++f.stores;
    f.only = id;
  }

  /// The condition without the parts where both factors are zero if these do not hold.
  constexpr ir::node_id without(ir::buffer_id sum, ir::node_id condition, ir::node_id a, ir::node_id b) {
    ir::node const n = p[condition];
    if (n.what == ir::op::logical_and) {
      ir::node_id const first = without(sum, n.a, a, b);
      ir::node_id const second = without(sum, n.b, a, b);
      return first == n.a && second == n.b ? condition : ir::add_both(p, first, second);
    }
    bool const zero = is_zero_unless(condition, a) && is_zero_unless(condition, b);
    return zero && starts_without(sum, condition) ? ir::node_id::none : condition;
  }

  /// Whether the sum has a value also where the condition does not hold.
  constexpr bool starts_without(ir::buffer_id sum, ir::node_id condition) const {
    bool fine = true;
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      ir::node const& n = p[id];
      if (n.what != ir::op::store || n.b == ir::node_id::none || n.reduction() != ir::reduction_id::none) return;
      fine &= p[n.access()].of != sum || !demands(n.b, condition);
    });
    return fine;
  }
  /// Whether the value is an element of a cache that is filled with zero where the condition does not hold.
  constexpr bool is_zero_unless(ir::node_id condition, ir::node_id value) {
    while (p[value].what == ir::op::cast) value = p[value].a;
    if (p[value].what != ir::op::load) return false;
    ir::access const at = p[p[value].access()];
    if (!stays_inside(p, at)) return false;
    filling const f = filled[static_cast<std::size_t>(at.of)];
    if (p[at.of].use != ir::role::temporary || f.stores != 1 || p[f.only].b != ir::node_id::none) return false;
    ir::node const copy = p[p[f.only].a];
    if (copy.what != ir::op::guarded || !ir::is_constant(p, copy.c) || p[copy.c].value != 0) return false;
    ir::access const to = p[p[f.only].access()];
    ir::substitution here{};
    for (int d = 0; d < to.rank; ++d) {
      ir::node const& dimension = p[to.at[d]];
      if (dimension.what == ir::op::counter) here.counter(dimension.axis(), at.at[d]);
      else if (!ir::same_value(p, to.at[d], at.at[d])) return demands_there(copy.a, condition, to, at);
    }
    return demands(ir::clone_value(p, copy.a, here), condition);
  }

  /// Whether what holds when element `to` is filled cannot hold of the same element, read as `at`, unless `part` does.
  constexpr bool demands_there(ir::node_id all, ir::node_id part, ir::access const& to, ir::access const& at) const {
    ir::node const& n = p[all];
    if (n.what == ir::op::logical_and) return demands_there(n.a, part, to, at) || demands_there(n.b, part, to, at);
    ir::node const& m = p[part];
    if (n.what != m.what || (n.what != ir::op::less && n.what != ir::op::less_equal)) return false;
    return is_same_there(n.a, m.a, to, at) && is_same_there(n.b, m.b, to, at);
  }
  /// Whether a number of the loops that fill `to` is `here` where that element is read as `at`. An index that several loops
  /// of the filling make together is one number.
  constexpr bool is_same_there(ir::node_id number, ir::node_id here, ir::access const& to, ir::access const& at) const {
    ir::linear left = ir::linear_of(p, number);
    ir::linear read{};
    for (int d = 0; d < to.rank; ++d) {
      if (ir::same_value(p, to.at[d], at.at[d])) continue;
      ir::linear const index = ir::linear_of(p, to.at[d]);
      if (index.terms.empty() || p[index.terms[0].atom].what != ir::op::counter) return false;
      std::int64_t const has = ir::factor_of(p, left, p[index.terms[0].atom].axis());
      if (has % index.terms[0].factor != 0) return false;
      std::int64_t const times = has / index.terms[0].factor;
      left = ir::add(p, left, index, -times);
      read = ir::add(p, read, ir::linear_of(p, at.at[d]), times);
    }
    if (counts_with(left, to, at)) return false;
    ir::linear const rest = ir::add(p, ir::add(p, left, read), ir::linear_of(p, here), -1);
    return rest.terms.empty() && rest.constant == 0;
  }
  /// Whether a loop that fills `to` is left in the sum: it is another one where the element is read.
  constexpr bool counts_with(ir::linear const& sum, ir::access const& to, ir::access const& at) const {
    bool found = false;
    for (int d = 0; d < to.rank; ++d) {
      if (ir::same_value(p, to.at[d], at.at[d])) continue;
      ir::each_value(p, to.at[d], [&](ir::node_id v) {
        for (ir::linear::term const& t : sum.terms) {
          found |= p[v].what == ir::op::counter && ir::depends_on(p, t.atom, p[v].axis());
        }
      });
    }
    return found;
  }

  /// Whether `all` cannot hold unless `part` does.
  constexpr bool demands(ir::node_id all, ir::node_id part) const {
    ir::node const& n = p[all];
    if (n.what == ir::op::logical_and) return demands(n.a, part) || demands(n.b, part);
    ir::node const& m = p[part];
    if (n.what != m.what || (n.what != ir::op::less && n.what != ir::op::less_equal))
      return ir::same_value(p, all, part);
    // The sides may be written differently: i.outer * 4 + i.inner, or the other way round.
    ir::linear const left = ir::add(p, ir::linear_of(p, n.a), ir::linear_of(p, m.a), -1);
    ir::linear const right = ir::add(p, ir::linear_of(p, n.b), ir::linear_of(p, m.b), -1);
    return left.terms.empty() && left.constant == 0 && right.terms.empty() && right.constant == 0;
  }

  ir::program& p;
  filling filled[decltype(ir::program::buffers)::capacity]{};
};

}  // namespace detail

/// Drops conditions of sums of products whose factors both come from caches that hold zero where the condition does not:
/// zero is added instead of nothing.
///
///     for k in 0..8                                     for k in 0..8
///       if k0 + k < n: sum += xc[k] * wc[k]      =>       sum += xc[k] * wc[k]
///
/// Needs: caches filled by one store without a condition, of a guarded load or zero.
/// Keeps: every output.
constexpr ir::program relax_terms(ir::program p) {
  detail::zero_terms(p).run();
  return p;
}

}  // namespace tenon::lower
