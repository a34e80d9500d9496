#pragma once

#include <cstddef>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/target/cpu/report.hpp>

/// The pictures of this manual: the loops of an operator on a page before and after the step that the page is named after.
namespace tenon::show {

namespace detail {

inline void draw(std::ofstream& to, std::string_view title, ir::program const& p, marks const& changed,
                 bool with_memory) {
  to << "<div class=\"side\">\n" << html_words("p", "role", title) << "\n" << html_nest(p, changed);
  if (with_memory) to << html_table(memory_table(p));
  to << "</div>\n";
}

}  // namespace detail

/// Writes the picture of one page: from the program before the first step of that name to the one after the last step. A page
/// whose word stands for several steps shows what all of them do.
template <class Op>
void write_picture(std::string const& page) {
  std::vector<moment> all = cpu::history_of<Op>();
  if (all.back().line == "lowered") all.pop_back();
  std::size_t first = 1;
  for (std::size_t n = 1; n < all.size(); ++n) {
    bool const named =
        all[n].line.starts_with(page + "(") || (page == "store_at" && all[n].line.starts_with("store_root("));
    if (named) {
      first = n;
      break;
    }
  }
  moment const& before = all[first - 1];
  moment const& after = all.back();
  std::vector<std::string> old_lines{}, new_lines{};
  collect_words(outline(before.program), old_lines);
  collect_words(outline(after.program), new_lines);
  bool const with_memory = memory_map(before.program) != memory_map(after.program);

  std::string words{"after"};
  for (std::size_t n = first; n < all.size(); ++n) words += (n == first ? " " : ", ") + all[n].line;
  std::ofstream to(page + ".html");
  to << "<div class=\"picture\">\n";
  detail::draw(to, "before", before.program, {.is_gone = lines_gone(old_lines, new_lines)}, with_memory);
  detail::draw(to, words, after.program, {.is_new = lines_gone(new_lines, old_lines)}, with_memory);
  to << "</div>\n";
}

/// Writes how the pictures look.
inline void write_style() { std::ofstream("nest.css") << html_colours << html_nest_style; }

}  // namespace tenon::show
