#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/target/text/spell.hpp>

namespace tenon::show {

/// A statement in words, and the statements that stand in it.
struct branch {
  ir::op what = ir::op::nothing;
  ir::node_id at = ir::node_id::none;
  std::string words{};
  std::string note{};  // what a reader may want to know besides; may be empty
  std::vector<branch> inside{};
};

/// What stands before `for`.
constexpr std::string_view word_of(ir::loop_kind kind) {
  constexpr std::string_view words[]{"",        "unrolled", "vectorized", "parallel", "block.x",       "block.y",
                                     "block.z", "thread.x", "thread.y",   "thread.z", "virtual thread"};
  return words[static_cast<int>(kind)];
}

constexpr std::string_view word_of(ir::program const& p, ir::memory where) {
  constexpr std::string_view words[]{"caller", "automatic", "registers", "stack", "workspace", "shared"};
  if (where > ir::memory::named) return p.memories[ir::entry_of(where)];
  return words[static_cast<int>(where)];
}

constexpr std::string_view word_of(ir::reduction_kind kind) {
  constexpr std::string_view words[]{"none", "sum", "product", "min",    "max",
                                     "any",  "all", "argmin",  "argmax", "combine"};
  return words[static_cast<int>(kind)];
}

/// `[12, 32+4]`: the extents of a buffer, with what is padded behind them; empty if it is one element.
inline std::string shape_of(speller const& spell, ir::buffer const& b) {
  std::string words{};
  for (int d = 0; d < b.rank; ++d) {
    words += d == 0 ? "[" : ", ";
    words += spell.value(b.extents[d]);
    if (b.padding[d] != 0) words.append("+").append(detail::digits(b.padding[d]));
  }
  return b.rank > 0 ? words + "]" : words;
}

namespace detail {

/// Makes the outline of a program's statements.
class outliner {
 public:
  explicit outliner(ir::program const& what) : p(what), spell(what), budget(what.nodes.size()) {
    ir::buffer_id first = ir::buffer_id::none;
    for (ir::node const& n : p.nodes) {
      if (n.what != ir::op::loop) continue;
      ir::buffer_id const stage = spell.axis(n.axis()).stage;
      if (first == ir::buffer_id::none) first = stage;
      several_stages |= stage != first;
    }
  }

  void add(std::vector<branch>& to, ir::node_id id, ir::buffer_id stage) {
    for (; id != ir::node_id::none;) {
      if (budget == 0) {
        to.push_back({.words = "..."});
        return;
      }
      --budget;
      ir::node const& n = spell.node(id);
      if (n.what == ir::op::block) {
        add(to, n.a, stage);
        id = n.b;
        continue;
      }
      one(to, id, n, stage);
      return;
    }
  }

 private:
  void one(std::vector<branch>& to, ir::node_id id, ir::node const& n, ir::buffer_id stage) {
    branch made{.what = n.what, .at = id};
    switch (n.what) {
      case ir::op::loop: {
        ir::axis const& a = spell.axis(n.axis());
        std::string_view const kind = word_of(a.kind);
        made.words = std::string(a.stages > 0 ? "pipelined " : "") + std::string(kind) + (kind.empty() ? "" : " ") +
                     "for " + spell.name(n.axis()) + " in 0.." + extent(a.extent);
        if (several_stages && a.stage != stage) made.note = spell.name(a.stage);
        add(made.inside, n.a, a.stage);
        break;
      }
      case ir::op::allocate: {
        ir::buffer const& b = spell.buffer(n.buffer());
        made.words = "allocate " + spell.name(n.buffer()) + shape_of(spell, b) + " " + std::string(ir::name_of(b.type));
        if (b.where != ir::memory::automatic) made.words += " in " + std::string(word_of(p, b.where));
        add(made.inside, n.a, stage);
        break;
      }
      case ir::op::store:
        made.words = condition(n) + assignment(n);
        if (spell.buffer(spell.access(n.access()).of).streaming) made.note = "streamed";
        break;
      case ir::op::together:
        made.words = several(n.a);
        if (made.words.empty()) {
          made.words = "together";
          add(made.inside, n.a, stage);
        }
        break;
      case ir::op::when:
        made.words = "if (" + spell.value(n.a) + ")";
        add(made.inside, n.b, stage);
        if (n.c != ir::node_id::none) {
          to.push_back(std::move(made));
          made = {.what = n.what, .at = id, .words = "else"};
          add(made.inside, n.c, stage);
        }
        break;
      case ir::op::prefetch: made.words = "prefetch " + spell.element(n.access()); break;
      case ir::op::barrier: made.words = "barrier"; break;
      case ir::op::wait:
        made.words = "wait until " + std::string(n.value == 0 ? "no" : digits(n.value)) + " copies are under way";
        break;
      case ir::op::ahead:
        made.words = "ahead";
        add(made.inside, n.a, stage);
        break;
      case ir::op::tensorized:
        made.words = "by ";
        made.words += n.x < p.instructions.size() ? std::string_view(p.instructions[n.x]) : std::string_view("?");
        add(made.inside, n.a, stage);
        break;
      default: made.words = "?";
    }
    to.push_back(std::move(made));
  }

  std::string extent(ir::node_id id) const { return spell.factor(id); }

  std::string condition(ir::node const& store) const {
    return store.b == ir::node_id::none ? std::string{} : "if (" + spell.value(store.b) + ") ";
  }

  /// `y = e`, or `y += e` where y is an operand of its own new value.
  std::string assignment(ir::node const& store) const {
    std::string const target = spell.element(store.access());
    ir::node const& v = spell.node(store.a);
    std::string_view const sign = v.what == ir::op::add           ? "+="
                                  : v.what == ir::op::mul         ? "*="
                                  : v.what == ir::op::min         ? "min="
                                  : v.what == ir::op::max         ? "max="
                                  : v.what == ir::op::logical_and ? "&&="
                                  : v.what == ir::op::logical_or  ? "||="
                                                                  : "";
    if (!sign.empty()) {
      for (auto const& [old, term] : {std::pair{v.a, v.b}, std::pair{v.b, v.a}}) {
        ir::node const& read = spell.node(old);
        if (read.what == ir::op::load && spell.element(read.access()) == target) {
          return target + " " + std::string(sign) + " " + spell.value(term);
        }
      }
    }
    return target + " = " + spell.value(store.a);
  }

  /// The update of a reduction of several values in one line, `(y.best, y.argmax) argmax= (x[i, k], k)`;
  /// empty if the stores are not one.
  std::string several(ir::node_id stores) const {
    ir::node_id terms[2 * ir::max_reduced]{};
    std::string targets{};
    std::string first_condition{};
    std::size_t count = 0;
    ir::reduction_id which = ir::reduction_id::none;
    for (ir::node_id rest = stores; rest != ir::node_id::none;) {
      ir::node const& n = spell.node(rest);
      ir::node const& s = n.what == ir::op::block ? spell.node(n.a) : n;
      rest = n.what == ir::op::block ? n.b : ir::node_id::none;
      auto const r = static_cast<std::size_t>(s.reduction());
      if (s.what != ir::op::store || r == 0 || r >= p.reductions.size() || count >= p.reductions[r].values) return {};
      if (count > 0 && (s.reduction() != which || condition(s) != first_condition)) return {};
      which = s.reduction();
      first_condition = condition(s);
      if (!matches(p.reductions[r].combine[count], s.a, terms)) return {};
      targets += (count == 0 ? "" : ", ") + spell.element(s.access());
      ++count;
    }
    if (which == ir::reduction_id::none || count != p[which].values) return {};
    std::string values{};
    for (std::size_t n = 0; n < count; ++n) {
      ir::node_id const term = terms[count + n];
      values += (n == 0 ? "" : ", ") + (term == ir::node_id::none ? std::string("_") : spell.value(term));
    }
    return first_condition + "(" + targets + ") " + std::string(word_of(p[which].kind)) + "= (" + values + ")";
  }

  /// Whether the value is the formula with something for each formal, and what that is.
  bool matches(ir::node_id formula, ir::node_id value, ir::node_id (&formals)[2 * ir::max_reduced]) const {
    ir::node const& f = spell.node(formula);
    if (f.what == ir::op::formal && f.value >= 0 && f.value < 2 * ir::max_reduced) {
      ir::node_id& known = formals[f.value];
      if (known == ir::node_id::none) known = value;
      return ir::same_value(p, known, value);
    }
    ir::node const& v = spell.node(value);
    if (f.what != v.what || f.type != v.type || f.x != v.x || f.value != v.value) return false;
    auto const both = [&](ir::node_id a, ir::node_id b) {
      return (a == ir::node_id::none) == (b == ir::node_id::none) && (a == b || matches(a, b, formals));
    };
    return both(f.a, v.a) && both(f.b, v.b) && both(f.c, v.c);
  }

  ir::program const& p;
  speller spell;
  std::size_t budget;
  bool several_stages = false;
};

}  // namespace detail

/// The statements of a program, whatever its level.
inline std::vector<branch> outline(ir::program const& p) {
  std::vector<branch> made{};
  detail::outliner{p}.add(made, p.root, ir::buffer_id::none);
  return made;
}

}  // namespace tenon::show
