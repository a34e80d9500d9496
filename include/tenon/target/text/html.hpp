#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <tenon/target/text/table.hpp>

/// Words of HTML.
namespace tenon::show {

/// The words as HTML shows them, whatever letters they have; in attributes too.
inline std::string escaped(std::string_view words) {
  std::string safe{};
  for (char letter : words) {
    switch (letter) {
      case '&': safe += "&amp;"; break;
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '"': safe += "&quot;"; break;
      case '\'': safe += "&#39;"; break;
      default: safe += letter;
    }
  }
  return safe;
}

/// `<tag class="kind">words</tag>`, the words escaped.
inline std::string html_words(std::string_view tag, std::string_view kind, std::string_view words) {
  std::string made{"<"};
  made.append(tag);
  if (!kind.empty()) made.append(" class=\"").append(kind).append("\"");
  return made.append(">").append(escaped(words)).append("</").append(tag).append(">");
}

/// The table, the first row as headings.
inline std::string html_table(table const& t) {
  std::string made = "<div class=\"scroll\"><table>\n";
  for (std::size_t r = 0; r < t.rows.size(); ++r) {
    made += "<tr>";
    for (std::size_t c = 0; c < t.rows[r].size(); ++c) {
      made += html_words(r == 0 ? "th" : "td", t.ends_in_line(c) ? "right" : "", t.rows[r][c]);
    }
    made += "</tr>\n";
  }
  return made + "</table></div>\n";
}

}  // namespace tenon::show
