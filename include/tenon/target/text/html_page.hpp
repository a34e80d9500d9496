#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tenon/target/text/changes.hpp>
#include <tenon/target/text/history.hpp>
#include <tenon/target/text/html.hpp>
#include <tenon/target/text/html_nest.hpp>
#include <tenon/target/text/html_style.hpp>
#include <tenon/target/text/loop_nest.hpp>
#include <tenon/target/text/memory_map.hpp>

namespace tenon::show {

/// What a page shows.
struct page {
  std::string title{};
  std::vector<moment> history{};                            // as written, after each step, and so on
  std::vector<std::pair<std::string, std::string>> facts{};  // a word and a figure: "operations", "50.3 million"
  std::vector<std::pair<std::string, table>> tables{};       // shown under their headings
};

namespace detail {

inline std::string place_of(ir::program const& p, ir::memory where) {
  switch (where) {
    case ir::memory::argument: return "tensors of the caller";
    case ir::memory::automatic: return "not placed yet";
    case ir::memory::registers: return "in registers";
    case ir::memory::stack: return "on the stack";
    case ir::memory::workspace: return "in the workspace";
    case ir::memory::shared: return "in shared memory";
    default: return "in " + std::string(word_of(p, where));
  }
}

/// Writes one page. Radio buttons choose what stands side by side, so the page needs no script: choice 0 is the first and
/// the last program, choice n the programs before and after step n.
class page_writer {
 public:
  explicit page_writer(page const& what) : p(what), count(what.history.size()) {
    for (moment const& m : p.history) { collect_words(outline(m.program), lines.emplace_back()); }
  }

  std::string write() {
    to = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    to += html_words("title", "", p.title) + "\n<style>";
    for (std::string_view part : {html_colours, html_nest_style, html_page_style}) to += part;
    for (std::size_t n = 0; n < count; ++n) rules(n);
    to += "</style>\n</head>\n<body>\n";
    for (std::size_t n = 0; n < count; ++n) {
      to += "<input class=\"pick\" type=\"radio\" name=\"step\" id=\"s" + digits(n) + "\" aria-label=\"" +
            escaped(choice(n)) + (n == 0 ? "\" checked>\n" : "\">\n");
    }
    to += html_words("h1", "", p.title) + "\n";
    if (count > 0 && p.history.back().program.refused) {
      to += html_words("p", "refusal", p.history.back().program.refused.sentence) + "\n";
    }
    facts();
    if (count > 0) story();
    if (ir::program const* last = last_granted()) { to += "<h2>Memory</h2>\n" + html_table(memory_table(*last)); }
    for (auto const& [heading, t] : p.tables) to += html_words("h2", "", heading) + "\n" + html_table(t);
    if (ir::program const* last = last_granted()) {
      to += "<details><summary>The loops as text</summary>" + html_words("pre", "", loop_nest(*last)) + "</details>\n";
    }
    return std::move(to) + "</body>\n</html>\n";
  }

 private:
  std::string choice(std::size_t n) const {
    return n > 0 ? p.history[n].line : count > 1 ? "all steps" : p.history[0].line;
  }

  ir::program const* last_granted() const {
    for (std::size_t n = count; n-- > 0;) {
      if (!p.history[n].program.refused) return &p.history[n].program;
    }
    return nullptr;
  }

  /// What is seen, and how, when a choice is made.
  void rules(std::size_t n) {
    std::string const chosen = "#s" + digits(n) + ":checked~.story ";
    std::size_t const left = n == 0 ? 0 : n - 1, right = n == 0 ? count - 1 : n;
    to += chosen + "[for=s" + digits(n) + "]{border-color:var(--ink);background:var(--chosen)}\n";
    to += "#s" + digits(n) + ":focus-visible~.story [for=s" + digits(n) + "]{outline:2px solid var(--threads)}\n";
    for (std::size_t pane : {left, right}) to += chosen + "#m" + digits(pane) + "{display:block}\n";
    if (left == right) return;
    if (n == 0) return;
    to += chosen + "#m" + digits(left) + " .role::before{content:\"before\"}\n";
    to += chosen + "#m" + digits(left) + " h3 code{display:none}\n";
    to += chosen + "#m" + digits(right) + " .role::before{content:\"after:\"}\n";
    to += chosen + "#m" + digits(left) + " .gone{background:var(--gone)}\n";
    to += chosen + "#m" + digits(right) + " .new{background:var(--new)}\n";
  }

  void facts() {
    to += "<dl class=\"facts\">\n";
    auto const fact = [&](std::string_view word, std::string_view figure) {
      to += "<div>" + html_words("dt", "", word) + html_words("dd", "", figure) + "</div>\n";
    };
    for (auto const& [word, figure] : p.facts) fact(word, figure);
    if (ir::program const* last = last_granted()) {
      for (holding const& h : holdings_of(*last)) { fact(place_of(*last, h.where), in_words(h)); }
    }
    to += "</dl>\n";
  }

  void story() {
    to += "<div class=\"story\">\n<nav>\n<h2>Steps</h2>\n";
    for (std::size_t n = 0; n < count; ++n) {
      bool const refused = p.history[n].program.refused.operator bool();
      bool const same = n > 0 && lines[n] == lines[n - 1];
      to += "<label for=\"s" + digits(n) + "\"" +
            (refused && n > 0 ? " class=\"refused\""
             : same           ? " class=\"same\""
                              : "") +
            ">" + html_words("code", "", choice(n)) + "</label>\n";
    }
    to += "</nav>\n<main>\n<div class=\"panes\">\n";
    for (std::size_t n = 0; n < count; ++n) pane(n);
    to += "</div>\n";
    key();
    to += "</main>\n</div>\n";
  }

  void pane(std::size_t n) {
    moment const& m = p.history[n];
    to += "<section class=\"pane\" id=\"m" + digits(n) + "\"><h3><span class=\"role\"></span>" +
          html_words("code", "", m.line) + "</h3>\n";
    if (m.program.refused) {
      to += html_words("p", "refusal", m.program.refused.sentence) + "\n";
    } else {
      marks changed{};
      if (n > 0) changed.is_new = lines_gone(lines[n], lines[n - 1]);
      if (n + 1 < count && !p.history[n + 1].program.refused) changed.is_gone = lines_gone(lines[n], lines[n + 1]);
      to += html_nest(m.program, changed);
    }
    to += "</section>\n";
  }

  void key() {
    to += "<p class=\"key\">";
    static constexpr std::pair<std::string_view, std::string_view> kinds[]{{"serial", "loop"},
                                                                           {"parallel", "parallel"},
                                                                           {"vectorized", "vectorized"},
                                                                           {"unrolled", "unrolled"},
                                                                           {"threads", "block or thread"},
                                                                           {"memory", "memory"},
                                                                           {"choice", "condition or instruction"}};
    for (auto const& [kind, word] : kinds) to += html_words("span", kind, word);
    to += "</p>\n";
  }

  page const& p;
  std::size_t count;
  std::vector<std::vector<std::string>> lines{};
  std::string to{};
};

}  // namespace detail

/// One self-contained page: the nest before and after each step, what each memory holds, and the page's own tables.
inline std::string html_page(page const& p) { return detail::page_writer{p}.write(); }

}  // namespace tenon::show
