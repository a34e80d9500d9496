#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/analysis/interval.hpp>
#include <tenon/analysis/proof.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/ir/spell.hpp>
#include <tenon/support/refusal.hpp>

namespace tenon::analysis {

namespace detail {

class bounds_prover {
 public:
  constexpr explicit bounds_prover(ir::program const& what) : p(what), known(what) { open[0] = true; }

  constexpr proof run() {
    statement(p.root);
    return result;
  }

 private:
  constexpr void statement(ir::node_id id) {
    if (id == ir::node_id::none || result.is == answer::no) return;
    ir::node const& n = p[id];
    switch (n.what) {
      case ir::op::loop:
        known.enter(n.axis());
        statement(n.a);
        known.leave(n.axis());
        return;
      case ir::op::block: statement(n.a); return statement(n.b);
      case ir::op::when:
        value(n.a);
        statement_under(n.a, true, n.b);
        return statement_under(n.a, false, n.c);
      case ir::op::store: return store(n);
      case ir::op::prefetch: return;
      default: return statement(n.a);
    }
  }

  constexpr void statement_under(ir::node_id what, bool holds, ir::node_id then) {
    condition const c = assume(what, holds);
    statement(then);
    end(c);
  }
  constexpr void store(ir::node const& n) {
    condition c{known.count(), here};
    if (n.b != ir::node_id::none) {
      value(n.b);
      c = assume(n.b, true);
    }
    element(n.access(), true);
    value(n.a);
    end(c);
  }

  constexpr void value_under(ir::node_id what, bool holds, ir::node_id then) {
    condition const c = assume(what, holds);
    value(then);
    end(c);
  }
  /// Each value is proved once for each condition that it stands under, or once for all if it stands under none.
  constexpr void value(ir::node_id id) {
    if (id == ir::node_id::none || result.is == answer::no) return;
    std::uint16_t& seen = seen_under[static_cast<std::size_t>(id)];
    if (seen != 0 && open[seen - 1]) return;
    seen = static_cast<std::uint16_t>(here + 1);
    ir::node const& n = p[id];
    if (n.what == ir::op::load) return element(n.access(), false);
    if (n.what < ir::op::load) return;
    value(n.a);
    if (n.what == ir::op::guarded) {
      value_under(n.a, true, n.b);
      return value_under(n.a, false, n.c);
    }
    value(n.b);
    value(n.c);
  }

  /// What stands under a condition is proved between `assume` and `end`.
  struct condition {
    std::size_t assumptions;
    std::size_t around;
  };
  constexpr condition assume(ir::node_id what, bool holds) {
    condition const begun{known.count(), here};
    if (last + 1 == conditions) {
      result.add(answer::unknown, text{"this operator: it has too many conditions to prove its accesses"});
      return begun;
    }
    known.assume(what, holds);
    here = ++last;
    open[here] = true;
    return begun;
  }
  constexpr void end(condition const& begun) {
    if (here != begun.around) open[here] = false;
    here = begun.around;
    known.forget(begun.assumptions);
  }

  constexpr void element(ir::access_id id, bool written) {
    ir::access const& a = p[id];
    for (int d = 0; d < a.rank && result.is != answer::no; ++d) {
      value(a.at[d]);
      dimension(id, d, written);
    }
  }

  constexpr void dimension(ir::access_id id, int d, bool written) {
    ir::access const& a = p[id];
    ir::linear const index = ir::linear_of(p, a.at[d]);
    ir::linear room = ir::add(p, ir::linear_of(p, p[a.of].extents[d]), index, -1);
    --room.constant;
    bool const above = !known.never_negative(room);
    if (!above && known.never_negative(index)) return;
    ir::linear const& broken = above ? room : index;
    answer const is = known.is_exact(broken) ? answer::no : answer::unknown;
    result.add(is, sentence(id, d, written, above, is));
  }

  constexpr text sentence(ir::access_id id, int d, bool written, bool above, answer is) const {
    ir::access const& a = p[id];
    ir::node_id const extent = p[a.of].extents[d];
    // An index of many terms would leave no room for what is wrong with it.
    text place{};
    ir::spell(place, p, id);
    if (place.size() > 100) place = text{} << p[a.of].name << "(...)";
    text index{};
    ir::spell(index, p, a.at[d]);
    if (index.size() > 60) index = text{"the index"};
    text made = place;
    made << ": ";
    if (is == answer::unknown) made << "it is not proved that ";
    made << index;
    if (is == answer::unknown) {
      made << (above ? " stays below " : " never falls below 0, ");
      if (above) {
        ir::spell(made, p, extent);
        made << ", ";
      }
      made << "the extent of dimension " << d << " of " << p[a.of].name << "; state its range, or guard the "
           << (written ? "write" : "read");
      return made;
    }
    interval const range = known.range_of(a.at[d]);
    if (above) {
      made << " reaches ";
      if (range.greatest.known) made << range.greatest.value;
      else ir::spell(made, p, extent);
    } else {
      made << " falls to " << range.least.value;
    }
    made << ", and dimension " << d << " of " << p[a.of].name << " has ";
    ir::spell(made, p, extent);
    made << " elements; " << (written ? "let the loops run less far" : "guard the read or state a boundary");
    return made;
  }

  static constexpr std::size_t conditions = 1024;
  ir::program const& p;
  facts known;
  proof result{};
  std::uint16_t seen_under[decltype(ir::program::nodes)::capacity]{};
  bool open[conditions]{};
  std::size_t here = 0;
  std::size_t last = 0;
};

}  // namespace detail

/// Whether every access stays inside its buffer. Unknown: a check is needed when the kernel is called, or a stated range.
constexpr proof in_bounds(ir::program const& p) { return detail::bounds_prover(p).run(); }

/// Why an access leaves its buffer, or nothing where all are proved or depend on run-time extents.
constexpr refusal out_of_bounds(ir::program const& p) {
  proof const found = in_bounds(p);
  bool const refused = found.is == answer::no || (found.is == answer::unknown && p.parameters.empty());
  return {refused ? found.sentence : text{}};
}

}  // namespace tenon::analysis
