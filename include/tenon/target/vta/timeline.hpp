#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <tenon/support/text.hpp>
#include <tenon/target/vta/spell.hpp>
#include <tenon/target/vta/stream.hpp>
#include <tenon/target/vta/timing.hpp>

namespace tenon::vta {

namespace detail {

// The first word of an instruction: "gemm", "load inp", "shr".
constexpr std::string_view head_of(text const& line, instruction const& i) {
  std::string_view const all = line;
  return all.substr(0, all.find_first_of(i.is_dma() ? "[;" : " ;"));
}

}  // namespace detail

/// When each instruction runs, as a trace that chrome://tracing and Perfetto show: a row for each unit, a cycle as a microsecond.
constexpr std::string timeline(stream const& s, timing const& t = {}) {
  run_times const when = times_of(s, t);
  std::string all = "{\"displayTimeUnit\": \"ns\", \"traceEvents\": [\n";
  for (int u = 0; u < units; ++u) {
    text line{};
    line << "{\"name\": \"thread_name\", \"ph\": \"M\", \"pid\": 1, \"tid\": " << u << ", \"args\": {\"name\": \""
         << name_of(static_cast<unit>(u)) << "\"}}";
    all.append(std::string_view(line)).append(u + 1 < units || !s.instructions.empty() ? ",\n" : "\n");
  }
  for (std::size_t at = 0; at < s.instructions.size(); ++at) {
    instruction const& i = s.instructions[at];
    text const words = spell(i);
    text line{};
    line << "{\"name\": \"" << detail::head_of(words, i)
         << "\", \"ph\": \"X\", \"pid\": 1, \"tid\": " << static_cast<int>(unit_of(i))
         << ", \"ts\": " << when.instructions[at].begin
         << ", \"dur\": " << when.instructions[at].end - when.instructions[at].begin << ", \"args\": {\"at\": " << at
         << ", \"does\": \"";
    all.append(std::string_view(line)).append(std::string_view(words)).append("\"}}");
    all.append(at + 1 < s.instructions.size() ? ",\n" : "\n");
  }
  return all.append("]}\n");
}

}  // namespace tenon::vta
