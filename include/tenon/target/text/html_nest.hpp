#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/ir/program.hpp>
#include <tenon/target/text/html.hpp>
#include <tenon/target/text/memory_map.hpp>
#include <tenon/target/text/outline.hpp>
#include <tenon/target/text/spell.hpp>

namespace tenon::show {

/// The class that gives a loop its colour.
constexpr std::string_view colour_of(ir::loop_kind kind) {
  switch (kind) {
    case ir::loop_kind::serial: return "serial";
    case ir::loop_kind::unrolled: return "unrolled";
    case ir::loop_kind::vectorized: return "vectorized";
    case ir::loop_kind::parallel: return "parallel";
    default: return "threads";
  }
}

/// Which lines of a nest are marked: new since the step before, and gone with the step behind.
struct marks {
  std::vector<bool> is_new{};
  std::vector<bool> is_gone{};

  std::string of(std::size_t line) const {
    std::string words{};
    if (line < is_new.size() && is_new[line]) words += " new";
    if (line < is_gone.size() && is_gone[line]) words += " gone";
    return words;
  }
};

namespace detail {

/// Writes an outline as boxes in boxes.
class boxes {
 public:
  boxes(ir::program const& what, marks const& m) : p(what), spell(what), marked(m) {}

  void write(std::string& to, std::vector<branch> const& all) {
    for (branch const& b : all) one(to, b);
  }

 private:
  void one(std::string& to, branch const& b) {
    std::string const mark = marked.of(line++);
    if (b.what != ir::op::loop && b.what != ir::op::allocate && b.inside.empty()) {
      to += "<div class=\"line" + mark + "\">" + escaped(b.words);
      if (!b.note.empty()) to += html_words("span", "aside", "  // " + b.note);
      to += "</div>\n";
      return;
    }
    std::string kind{"choice"};
    std::string head = html_words("b", "", b.words);
    ir::node const& n = spell.node(b.at);
    if (b.what == ir::op::loop) {
      ir::axis const& a = spell.axis(n.axis());
      kind = colour_of(a.kind);
      head = (a.kind == ir::loop_kind::serial ? std::string{} : html_words("span", "mark", word_of(a.kind))) +
             html_words("b", "", spell.name(n.axis())) + html_words("span", "extent", "0.." + spell.factor(a.extent));
      if (a.reduces) head += html_words("span", "aside", "reduces");
      if (!b.note.empty()) head += html_words("span", "aside", "stage " + b.note);
    } else if (b.what == ir::op::allocate) {
      ir::buffer const& made = spell.buffer(n.buffer());
      kind = "memory";
      head = html_words("b", "", spell.name(n.buffer()) + shape_of(spell, made)) +
             html_words("span", "extent", ir::name_of(made.type)) +
             html_words("span", "mark", in_words(size_of(spell, made)));
      if (made.where != ir::memory::automatic) head += html_words("span", "aside", word_of(p, made.where));
    }
    to +=
        "<div class=\"box " + kind + "\"><div class=\"head" + mark + "\">" + head + "</div>\n<div class=\"inside\">\n";
    write(to, b.inside);
    to += "</div></div>\n";
  }

  ir::program const& p;
  speller spell;
  marks const& marked;
  std::size_t line = 0;
};

}  // namespace detail

/// The program as boxes in boxes: loops in the colour of their kind, allocations with their bytes, assignments.
inline std::string html_nest(ir::program const& p, marks const& m = {}) {
  std::string made{};
  detail::boxes{p, m}.write(made, outline(p));
  return made;
}

}  // namespace tenon::show
