#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <tenon/target/text/outline.hpp>

namespace tenon::show {

/// What an outline says, a line for each branch, in the order of reading.
inline void collect_words(std::vector<branch> const& all, std::vector<std::string>& to) {
  for (branch const& b : all) {
    to.push_back(b.words);
    collect_words(b.inside, to);
  }
}

/// Which lines of `before` are not in `after`: all but a longest list of lines that both have in the same order.
inline std::vector<bool> lines_gone(std::vector<std::string> const& before, std::vector<std::string> const& after) {
  std::size_t const rows = before.size(), columns = after.size();
  std::vector<std::size_t> shared((rows + 1) * (columns + 1));  // of what is left behind row r and column c
  auto const at = [&](std::size_t r, std::size_t c) -> std::size_t& { return shared[r * (columns + 1) + c]; };
  for (std::size_t r = rows; r-- > 0;) {
    for (std::size_t c = columns; c-- > 0;) {
      std::size_t const down = at(r + 1, c), right = at(r, c + 1);
      at(r, c) = before[r] == after[c] ? at(r + 1, c + 1) + 1 : down > right ? down : right;
    }
  }
  std::vector<bool> gone(rows, true);
  for (std::size_t r = 0, c = 0; r < rows && c < columns;) {
    if (before[r] == after[c]) {
      gone[r++] = false;
      ++c;
    } else if (at(r + 1, c) >= at(r, c + 1)) {
      ++r;
    } else {
      ++c;
    }
  }
  return gone;
}

}  // namespace tenon::show
