#pragma once

#include <cstdint>

#include <tenon/language/facts.hpp>
#include <tenon/language/reader.hpp>
#include <tenon/support/static_vector.hpp>
#include <tenon/support/text_view.hpp>

namespace tenon::detail {

/// Axes that reduce together.
struct reduction_axes {
  static_vector<axis_facts const*, 4> facts{};
};

/// A number for each way of combining: of ours, and of a type of the user's.
constexpr std::uint64_t key_of(ir::reduction_kind kind) { return static_cast<std::uint64_t>(kind); }
template <class Combiner>
constexpr std::uint64_t key_of() {
  std::uint64_t hash = 14695981039346656037ULL;
  for (char letter : text_view(__PRETTY_FUNCTION__))
    hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
  return hash | (std::uint64_t{1} << 63);
}

/// A reduction whose loops stand before what reads it.
struct staged_reduction {
  std::uint64_t kind = 0;  // a number that every reduction of this kind shares
  int values = 0;
  static_vector<ir::axis_id, 4> axes{};
  static_vector<axis_facts const*, 4> facts{};
  ir::node_id terms[ir::max_reduced]{};
  ir::buffer_id accumulators[ir::max_reduced]{};
  ir::node_id running[ir::max_reduced]{};  // the accumulators as the update reads them
  ir::node_id results[ir::max_reduced]{};  // and as whatever stands behind the loops does
  ir::node_id init = ir::node_id::none;
  ir::node_id loops = ir::node_id::none;
};

/// The formulas of a kind of reduction, for one type.
struct known_formulas {
  std::uint64_t kind = 0;
  element type = element::none;
  ir::reduction_id id = ir::reduction_id::none;
};

/// One operator on its way to a program: expressions add their values to it, one stage after another.
class staging : public reader {
 public:
  /// Starts the stage that computes `t` at the axes on the left.
  constexpr void begin(tensor_facts const& t, axis_facts const* const* left) {
    forget();
    scope.clear();
    levels[0].clear();
    depth = 0;
    used = 0;
    line = text{} << t.name << "(";
    for (int d = 0; d < t.rank; ++d) line << (d > 0 ? ", " : "") << left[d]->name;
    line << ") = ...";
    computed = find(t);
    if (computed == ir::buffer_id::none) {
      return refuse_line(text{} << t.name << " is no tensor of this operator; make it a member");
    }
    if (ready[static_cast<std::size_t>(computed)]) {
      return refuse_line(text{} << t.name << " is computed already; compute it once");
    }
    for (int d = 0; d < t.rank; ++d) {
      for (int before = 0; before < d; ++before) {
        if (*left[before] == *left[d])
          return refuse_line(text{} << left[d]->name << " stands twice on the left; take two axes");
      }
      if (!left[d]->runs.known()) parameter(left[d]->runs);
      if (!(left[d]->runs == t.extents[d])) {
        return refuse_line(text{} << left[d]->name << " runs " << left[d]->runs << " times, and dimension " << d
                                  << " of " << t.name << " has " << t.extents[d]
                                  << " elements; give both the same extent");
      }
      enter(*left[d], 0, false);
    }
  }

  /// Ends the stage: `value` is what is stored.
  constexpr void end(ir::node_id value) {
    if (p.refused) return;
    if (p[computed].use == ir::role::updated && !levels[0].empty()) {
      return refuse_line(
          text{} << p[computed].name
                 << " is updated from its old value and from a reduction; put the reduction in a stage of its own");
    }
    ir::access to{.of = computed, .rank = static_cast<std::uint8_t>(p[computed].rank)};
    for (int d = 0; d < to.rank; ++d) to.at[d] = counter_of(scope[static_cast<std::size_t>(d)].id);
    ir::node_id nest = before(0, ir::add_store(p, p.add(to), value));
    for (int d = to.rank; d-- > 0;) nest = ir::add_loop(p, scope[static_cast<std::size_t>(d)].id, nest);
    nests.push_back(nest);
    ready[static_cast<std::size_t>(computed)] = true;
  }

  /// Puts the stages one after another, and the lifetimes of temporaries around them.
  constexpr void finish() {
    for (std::size_t n = nests.size(); n-- > 0;) p.root = ir::add_block(p, nests[n], p.root);
    for (std::size_t b = tensors.size(); b > p.arguments; --b) {
      if (!ready[b] && !p.refused) {
        refuse(text{} << tensors[b - 1]->name
                      << ": this temporary is never computed; compute it in define(), or make it a tensor");
      }
      p.root = ir::add_allocate(p, static_cast<ir::buffer_id>(b), p.root);
    }
  }

  /// Opens a reduction; its terms are made next.
  constexpr unsigned open(reduction_axes const& over) {
    unsigned const used_outside = used;
    used = 0;
    if (depth + 1 >= max_depth) {
      refuse_line(text{} << "reductions are nested more than " << (max_depth - 1)
                         << " deep; compute one in a stage of its own");
    } else {
      ++depth;
    }
    guards_outside[depth] = guards;
    guards = 0;  // its loops stand before whatever condition stands around it here
    levels[depth].clear();
    for (axis_facts const* a : over.facts) {
      for (known_axis const& k : scope) {
        if (*k.facts == *a && k.level == 0) {
          refuse_line(text{} << a->name
                             << " stands on the left, and is reduced on the right; take another axis for one of them");
        }
        if (*k.facts == *a && k.level == depth)
          refuse_line(text{} << a->name << " stands twice in one reduction; take two axes");
      }
      enter(*a, depth, true);
    }
    return used_outside;
  }

  /// The same reduction made earlier in this stage, or a new one with its accumulators, to be given its formulas.
  constexpr staged_reduction* close(unsigned used_outside, reduction_axes const& over, std::uint64_t kind,
                                    text_view name, ir::node_id const* terms, int values) {
    guards = guards_outside[depth];
    unsigned const others = used & ~(1U << depth);
    if (p.refused) depth = depth > 1 ? depth : 1;  // whatever is made now is not looked at
    int place = depth - 1;
    while (place > 0 && (others >> place & 1U) == 0) --place;
    used = used_outside | (others & ((1U << depth) - 1U));
    staged_reduction made{.kind = kind, .values = values, .facts = over.facts};
    for (std::size_t n = 0; n < over.facts.size(); ++n)
      made.axes.push_back(scope[scope.size() - over.facts.size() + n].id);
    for (int v = 0; v < values; ++v) made.terms[v] = terms[v];
    staged_reduction* const known = same(made);
    for (std::size_t n = 0; n < over.facts.size(); ++n) scope.pop_back();
    if (known != nullptr || levels[place].full()) {
      if (known == nullptr)
        refuse_line(text{} << "more than " << levels[place].capacity
                           << " reductions; compute some in a stage of their own");
      --depth;
      return known != nullptr ? known : &levels[place][0];
    }
    for (int v = 0; v < values; ++v) {
      made.accumulators[v] = p.add(ir::buffer{.name = fresh_name(name), .type = p[terms[v]].type, .accumulates = true});
      made.running[v] = load_of(made.accumulators[v]);
      made.results[v] = load_of(made.accumulators[v]);
    }
    return &levels[place].push_back(made);
  }

  /// Gives a new reduction its start and its update, and ends it.
  constexpr void define(staged_reduction& r, ir::reduction_id combines, ir::node_id const* updates) {
    ir::node_id update = ir::node_id::none;
    for (int v = r.values; v-- > 0;) {
      ir::node_id const start = p[combines].identity[v];
      r.init = ir::add_block(p, ir::add_store(p, access_of(r.accumulators[v]), start), r.init);
      update = ir::add_block(p, ir::add_store(p, access_of(r.accumulators[v]), updates[v], ir::node_id::none, combines),
                             update);
    }
    if (r.values > 1) update = p.add(ir::node{.what = ir::op::together, .a = update});
    ir::node_id loops = before(depth, update);
    for (std::size_t n = r.axes.size(); n-- > 0;) loops = ir::add_loop(p, r.axes[n], loops);
    r.loops = loops;
    --depth;
  }

  /// The formulas of a kind of reduction, once a program: none if they are not known yet.
  constexpr ir::reduction_id formulas_of(std::uint64_t kind, element type) const {
    for (known_formulas const& f : formulas) {
      if (f.kind == kind && f.type == type) return f.id;
    }
    return ir::reduction_id::none;
  }
  constexpr ir::reduction_id add_formulas(std::uint64_t kind, element type, ir::reduction const& r) {
    ir::reduction_id const id = p.add(r);
    if (!formulas.full()) formulas.push_back({kind, type, id});
    return id;
  }

  /// What stands for the operands of a user's formula while it is being made.
  ir::node_id formals[2 * ir::max_reduced]{};

 private:
  static constexpr int max_depth = 6;

  /// y.sum, y.sum2, ...
  constexpr label fresh_name(text_view word) const {
    for (int number = 1;; ++number) {
      text name{};
      name << p[computed].name << "." << word;
      if (number > 1) name << number;
      label const made{text_view(name)};
      bool taken = false;
      for (ir::buffer const& b : p.buffers) taken |= b.name == made;
      if (!taken || made.is_cut()) return made;
    }
  }

  constexpr ir::access_id access_of(ir::buffer_id accumulator) { return p.add(ir::access{.of = accumulator}); }
  constexpr ir::node_id load_of(ir::buffer_id accumulator) { return ir::add_load(p, access_of(accumulator)); }

  /// The statement with the reductions of a level before it.
  constexpr ir::node_id before(int level, ir::node_id then) {
    for (std::size_t n = levels[level].size(); n-- > 0;) {
      staged_reduction const& r = levels[level][n];
      then = ir::add_block(p, r.init, ir::add_block(p, r.loops, then));
      for (int v = r.values; v-- > 0;) then = ir::add_allocate(p, r.accumulators[v], then);
    }
    return then;
  }

  static constexpr bool same_axes(staged_reduction const& a, staged_reduction const& b) {
    if (a.facts.size() != b.facts.size()) return false;
    for (std::size_t n = 0; n < a.facts.size(); ++n) {
      if (!(*a.facts[n] == *b.facts[n])) return false;
    }
    return true;
  }
  constexpr staged_reduction* same(staged_reduction const& made) {
    for (int level = 0; level < depth; ++level) {
      for (staged_reduction& r : levels[level]) {
        if (r.kind != made.kind || !same_axes(r, made)) continue;
        bool equal = true;
        for (int v = 0; v < made.values && equal; ++v) equal = same_term(r, made, r.terms[v], made.terms[v]);
        if (equal) return &r;
      }
    }
    return nullptr;
  }
  /// Whether two terms are the same formula of the same axes, each reduction having its own loops.
  constexpr bool same_term(staged_reduction const& left, staged_reduction const& right, ir::node_id a,
                           ir::node_id b) const {
    ir::node const& x = p[a];
    ir::node const& y = p[b];
    if (x.what != y.what || x.type != y.type || x.value != y.value) return false;
    if (x.what == ir::op::counter) {
      for (std::size_t n = 0; n < left.axes.size(); ++n) {
        if (x.axis() == left.axes[n] || y.axis() == right.axes[n])
          return x.axis() == left.axes[n] && y.axis() == right.axes[n];
      }
      return a == b;
    }
    if (x.what == ir::op::load) {
      ir::access const& l = p[x.access()];
      ir::access const& r = p[y.access()];
      if (l.of != r.of) return false;
      for (int d = 0; d < l.rank; ++d) {
        if (!same_term(left, right, l.at[d], r.at[d])) return false;
      }
      return true;
    }
    if (x.x != y.x) return false;
    return (x.a == ir::node_id::none || same_term(left, right, x.a, y.a)) &&
           (x.b == ir::node_id::none || same_term(left, right, x.b, y.b)) &&
           (x.c == ir::node_id::none || same_term(left, right, x.c, y.c));
  }

  static_vector<ir::node_id, 32> nests{};
  static_vector<staged_reduction, 8> levels[max_depth]{};  // by the number of reductions around them
  static_vector<known_formulas, 16> formulas{};
  int guards_outside[max_depth + 1]{};
};

}  // namespace tenon::detail
