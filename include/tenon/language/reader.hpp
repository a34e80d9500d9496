#pragma once

#include <cstdint>

#include <tenon/language/facts.hpp>
#include <tenon/language/index_range.hpp>
#include <tenon/language/nodes.hpp>
#include <tenon/support/static_vector.hpp>

namespace tenon::detail {

/// What a read outside the tensor gives.
enum class edge : std::uint8_t { none, value, clamp, wrap, mirror, reflect };

/// An axis that stands around the expression which is being made.
struct known_axis {
  axis_facts const* facts = nullptr;
  ir::axis_id id = ir::axis_id::none;
  int level = 0;  // 0: on the left; else the number of reductions around it
};

/// Makes the reads of a stage: knows the tensors of the operator and the axes around an expression.
/// What a user did wrong is refused here if a type alone cannot tell.
class reader : public node_maker {
 public:
  /// Makes room for a tensor of the operator; arguments come first, in the order in which a caller hands them over.
  constexpr void declare(tensor_facts const& t, ir::role use) {
    for (tensor_facts const* other : tensors) {
      if (*other == t) return;
      if (other->name == t.name) return refuse(text{} << t.name << ": two tensors have this name; rename one");
    }
    if (tensors.full())
      return refuse(text{} << t.name << ": an operator has at most " << tensors.capacity << " tensors");
    ir::buffer made{.name = t.name, .type = t.type, .rank = static_cast<std::uint8_t>(t.rank), .use = use};
    made.where = use == ir::role::temporary ? ir::memory::automatic : ir::memory::argument;
    made.strided = t.takes == part::strided;
    std::int64_t known = 1;
    for (int d = 0; d < t.rank; ++d) {
      made.extents[d] = extent_node(t.extents[d]);
      if (t.extents[d].known() && t.extents[d].count > most_elements / known)
        return refuse(text{} << t.name << ": it has more than 2^48 elements, which no machine holds; take less");
      if (t.extents[d].known()) known *= t.extents[d].count;
    }
    p.add(made);
    if (use != ir::role::temporary) ++p.arguments;
    tensors.push_back(&t);
    if (use == ir::role::input) ready[tensors.size()] = true;
  }

  /// The iteration that the loop over the axis is in.
  constexpr ir::node_id counter(axis_facts const& a) {
    for (std::size_t n = scope.size(); n-- > 0;) {
      if (!(*scope[n].facts == a)) continue;
      used |= 1U << scope[n].level;
      return counter_of(scope[n].id);
    }
    refuse_line(text{} << a.name << " stands neither on the left nor in a reduction; write sum(" << a.name
                       << ", ...) or put it on the left");
    return index(0);
  }
  /// How often the axis runs.
  constexpr ir::node_id runs(axis_facts const& a) { return extent_value(a.runs); }
  constexpr ir::node_id extent_value(extent const& e) {
    if (e.known()) return index(e.count);
    ir::node_id const said =
        add(ir::node{.what = ir::op::parameter, .type = ir::index_type, .x = static_cast<std::uint16_t>(parameter(e))});
    return e.more == 0 ? said : index(ir::op::add, said, index(e.more));
  }

  /// The element of `t` at these indices.
  constexpr ir::node_id read(tensor_facts const& t, ir::node_id const* at, edge outside, ir::node_id otherwise) {
    ir::buffer_id const of = find(t);
    if (of != ir::buffer_id::none && of == computed && is_here(at, t.rank) && t.takes != part::temporary) {
      // y(i) = ... y(i) ...: the caller's element, before it is written.
      p[computed].use = ir::role::updated;
    } else if (of == ir::buffer_id::none || !ready[static_cast<std::size_t>(of)]) {
      refuse_line(of == ir::buffer_id::none ? text{} << t.name << " is no tensor of this operator; make it a member"
                  : of == computed
                      ? text{} << t.name
                               << " is read while it is computed; read it where it is written, or read another tensor"
                      : text{} << t.name << " is read before it is computed; put its stage first");
      return zero(t.type);
    }
    ir::access from{.of = of, .rank = static_cast<std::uint8_t>(t.rank)};
    ir::node_id inside = ir::node_id::none;
    for (int d = 0; d < t.rank; ++d) {
      ir::node_id const i = at[d];
      from.at[d] = i;
      index_range const range = range_of(p, i);
      extent const& has = t.extents[d];
      bool const not_low = range.low >= 0;
      bool const not_high = has.known() ? range.high < has.count : runs_through(i, has);
      if (not_low && not_high) continue;
      ir::node_id const size = extent_value(has);
      switch (outside) {
        case edge::none: check_inside(t, d, i, range); break;
        case edge::value:
          if (!not_low) inside = both(inside, add(ir::op::less_equal, element::boolean, index(0), i));
          if (!not_high) inside = both(inside, add(ir::op::less, element::boolean, i, size));
          break;
        case edge::clamp:
          if (!not_high) from.at[d] = index(ir::op::min, from.at[d], index(ir::op::sub, size, index(1)));
          if (!not_low) from.at[d] = index(ir::op::max, from.at[d], index(0));
          break;
        case edge::wrap: from.at[d] = index(ir::op::floor_mod, i, size); break;
        case edge::mirror:
        case edge::reflect: from.at[d] = folded(i, size, outside == edge::mirror); break;
      }
    }
    ir::node_id const element_there = load(from);
    if (inside == ir::node_id::none) return element_there;
    return add(ir::op::guarded, p[element_there].type, inside, element_there, otherwise);
  }

  /// Between these two calls, what is read stands behind a condition of the user's, which may keep it inside.
  constexpr void enter_guarded() { ++guards; }
  constexpr void leave_guarded() { --guards; }

  constexpr void refuse(text const& sentence) {
    if (!p.refused) p.refused.sentence = sentence;
  }
  /// Refuses the stage that is being made.
  constexpr void refuse_line(text const& reason) { refuse(text{} << line << ": " << reason); }

 protected:
  constexpr ir::buffer_id find(tensor_facts const& t) const {
    for (std::size_t n = 0; n < tensors.size(); ++n) {
      if (*tensors[n] == t) return static_cast<ir::buffer_id>(n + 1);
    }
    return ir::buffer_id::none;
  }

  constexpr ir::parameter_id parameter(extent const& e) {
    if (e.more < 0) {
      refuse(text{} << "run_time " << e.name << ": " << e
                    << " may be less than nothing; name the smallest extent, and add to it");
    }
    for (std::size_t n = 1; n < p.parameters.size(); ++n) {
      ir::parameter const& known_one = p.parameters[n];
      if (known_one.name != e.name) continue;
      if (known_one.bound != e.bound || known_one.divisor != e.divisor) {
        refuse(text{} << "run_time " << e.name
                      << ": it has two bounds or divisors in this operator; say the same everywhere");
      }
      return static_cast<ir::parameter_id>(n);
    }
    return p.add(ir::parameter{.name = e.name, .bound = e.bound, .divisor = e.divisor});
  }
  /// A node of its own for a table: passes change tables and values apart.
  constexpr ir::node_id extent_node(extent const& e) {
    if (e.known()) return ir::add_index(p, e.count);
    ir::node_id const said = ir::add_parameter(p, parameter(e));
    return e.more == 0 ? said : ir::add_index(p, ir::op::add, said, e.more);
  }

  constexpr void enter(axis_facts const& a, int level, bool reduces) {
    for (known_axis const& k : scope) {
      if (!(*k.facts == a) && k.facts->name == a.name) {
        refuse_line(text{} << "two axes are called " << a.name << "; rename one");
      }
    }
    if (scope.full()) return refuse_line(text{} << "more than " << scope.capacity << " axes");
    ir::axis_id const id =
        p.add(ir::axis{.name = a.name, .stage = computed, .extent = extent_node(a.runs), .reduces = reduces});
    scope.push_back({&a, id, level});
  }
  constexpr ir::node_id counter_of(ir::axis_id id) {
    return add(ir::node{.what = ir::op::counter, .type = ir::index_type, .x = static_cast<std::uint16_t>(id)});
  }
  /// Whether these indices are the axes on the left, outside of reductions.
  constexpr bool is_here(ir::node_id const* at, int rank) {
    if (depth > 0) return false;
    for (int d = 0; d < rank; ++d) {
      if (static_cast<std::size_t>(d) >= scope.size() || at[d] != counter_of(scope[static_cast<std::size_t>(d)].id))
        return false;
    }
    return true;
  }
  constexpr ir::node_id both(ir::node_id a, ir::node_id b) {
    return a == ir::node_id::none ? b : add(ir::op::logical_and, element::boolean, a, b);
  }

  /// Whether the index is an axis that runs through a dimension and not beyond it.
  constexpr bool runs_through(ir::node_id i, extent const& has) const {
    if (p[i].what != ir::op::counter) return false;
    for (known_axis const& k : scope) {
      if (k.id == p[i].axis()) return k.facts->runs.fits(has);
    }
    return false;
  }

  /// Refuses a read that certainly leaves the tensor. What only may leave it is left to the proofs.
  constexpr void check_inside(tensor_facts const& t, int d, ir::node_id i, index_range const& range) {
    if (guards > 0) return;
    extent const& has = t.extents[d];
    bool const low = range.reached && range.low < 0;
    bool const high = range.reached && has.known() && range.high >= has.count;
    if (low || high) {
      refuse_line(text{} << t.name << " is read at index " << (low ? range.low : range.high) << " of dimension " << d
                         << ", which has " << has << " elements; say what is there, as in or_zero(" << t.name
                         << "(...))");
    } else if (p[i].what == ir::op::counter) {
      for (known_axis const& k : scope) {
        if (k.id != p[i].axis()) continue;
        refuse_line(text{} << k.facts->name << " runs " << k.facts->runs << " times, and dimension " << d << " of "
                           << t.name << " has " << has
                           << " elements; give both the same extent, or say what is there, as in or_zero(" << t.name
                           << "(...))");
      }
    }
  }

  /// ... 1 0 | 0 1 2 ... with the edge repeated, ... 2 1 | 0 1 2 ... without.
  constexpr ir::node_id folded(ir::node_id i, ir::node_id size, bool repeats) {
    ir::node_id const twice = index(ir::op::mul, size, index(2));
    ir::node_id const period = repeats ? twice : index(ir::op::max, index(ir::op::sub, twice, index(2)), index(1));
    ir::node_id const at = index(ir::op::floor_mod, i, period);
    return index(ir::op::min, at, index(ir::op::sub, repeats ? index(ir::op::sub, period, index(1)) : period, at));
  }

  static_vector<tensor_facts const*, 32> tensors{};
  bool ready[34]{};  // by buffer: may be read
  ir::buffer_id computed = ir::buffer_id::none;
  static_vector<known_axis, 24> scope{};
  int depth = 0;  // the reductions around the current expression
  unsigned used = 0;  // the levels whose axes the current expression depends on
  int guards = 0;
  text line{};
};

}  // namespace tenon::detail
