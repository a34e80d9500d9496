#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::show {

/// Rows of words in columns, the headings first.
struct table {
  std::string right{};  // for each column: 'r' if its words end in line, else 'l'
  std::vector<std::vector<std::string>> rows{};

  bool ends_in_line(std::size_t column) const { return column < right.size() && right[column] == 'r'; }
};

/// The table as lines, two spaces between columns.
inline std::string in_columns(table const& t) {
  std::vector<std::size_t> widths{};
  for (auto const& row : t.rows) {
    if (widths.size() < row.size()) widths.resize(row.size());
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (widths[c] < row[c].size()) widths[c] = row[c].size();
    }
  }
  std::string words{};
  for (auto const& row : t.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      std::size_t const space = widths[c] - row[c].size();
      if (c > 0) words += "  ";
      if (t.ends_in_line(c)) words.append(space, ' ');
      words += row[c];
      if (!t.ends_in_line(c)) words.append(space, ' ');
    }
    words.erase(words.find_last_not_of(' ') + 1);
    words += '\n';
  }
  return words;
}

}  // namespace tenon::show
