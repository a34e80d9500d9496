#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tenon/target/text/history.hpp>
#include <tenon/target/text/loop_nest.hpp>

namespace tenon::show {

/// The loop nest as it was written and after each step, under the step's own line; a step that left the nest as it was is
/// a line alone, and a step that was refused ends the report with its sentence.
inline std::string steps_report(std::vector<moment> const& history) {
  std::string words{};
  std::string before{};
  for (moment const& m : history) {
    if (!words.empty()) words += '\n';
    words.append("== ").append(m.line);
    if (m.program.refused) {
      words.append("\nrefused: ").append(std::string_view(m.program.refused.sentence)) += '\n';
      break;
    }
    std::string after = loop_nest(m.program);
    words += after == before ? "  (the same loops)\n" : "\n" + after;
    before = std::move(after);
  }
  return words;
}

}  // namespace tenon::show
