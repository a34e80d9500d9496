#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/ir/program.hpp>
#include <tenon/target/text/outline.hpp>

namespace tenon::show {

namespace detail {

inline void write(std::string& to, std::vector<branch> const& all, std::size_t depth) {
  for (branch const& b : all) {
    to.append(2 * depth, ' ').append(b.words);
    if (!b.note.empty()) to.append("  // ").append(b.note);
    to += '\n';
    // What is allocated lives to the end of what stands around it, unless something follows.
    bool const to_the_end = b.what == ir::op::allocate && &b == &all.back();
    write(to, b.inside, to_the_end ? depth : depth + 1);
  }
}

}  // namespace detail

/// The program as loops, allocations and assignments, one a line; a refused program says so first.
inline std::string loop_nest(ir::program const& p) {
  std::string words{};
  if (p.refused) words.append("refused: ").append(std::string_view(p.refused.sentence)).append("\n");
  detail::write(words, outline(p), 0);
  return words;
}

}  // namespace tenon::show
