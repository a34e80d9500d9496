#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <tenon/target/accelerator/stream.hpp>
#include <tenon/target/accelerator/timing.hpp>
#include <tenon/target/accelerator/waits.hpp>
#include <tenon/target/text/table.hpp>

/// A stream as text.
namespace tenon::accelerator {

/// The instructions, a line for each: its unit, its operands as memory and first element, the numbers written into it, how often it repeats itself, and for
/// which others it waits. No more than `most` of them.
template <class Stream>
std::string listing_of(std::size_t most = Stream::size) {
  lower::machine const on = Stream::machine();
  show::table made{.right = "rllll", .rows = {{"", "unit", "instruction", "operands", "waits for"}}};
  std::size_t next = 0;
  for (std::size_t n = 0; n < Stream::size && n < most; ++n) {
    auto const& r = Stream::records[n];
    lower::instruction const& i = on.instructions.first[r.instruction];
    site const& s = Stream::statements()[r.site];
    std::string operands{};
    auto const separate = [&] { operands += operands.empty() ? "" : ", "; };
    for (std::size_t o = 0; o < s.operands.size(); ++o) {
      separate();
      operands += std::string_view(i.behaviour->buffers[o + 1].name);
      operands += " ";
      auto const memory = static_cast<std::size_t>(s.operands[o].memory);
      operands += std::string_view(on.memories.first[memory].where.name);
      operands += "[" + std::to_string(r.at[o]) + "]";
    }
    auto const names = lower::immediates_of(*i.behaviour);
    for (std::size_t m = 0; m < names.size(); ++m) {
      separate();
      operands += std::string_view(names[m]);
      operands += " " + std::to_string(r.immediate[m]);
    }
    for (std::size_t t = 0; t < s.turns.size(); ++t) {
      operands += t == 0 ? "; " : " x ";
      operands += std::to_string(s.turns[t]);
      if (t + 1 == s.turns.size()) operands += s.repetitions() == 1 ? " turn" : " turns";
    }
    std::string waits_for{};
    for (; next < waits<Stream>.size() && waits<Stream>[next].later == static_cast<std::int32_t>(n); ++next) {
      waits_for += (waits_for.empty() ? "" : ", ") + std::to_string(waits<Stream>[next].earlier);
    }
    std::string const unit = on.units.empty() ? std::string{} : std::string(std::string_view(i.unit));
    made.rows.push_back({std::to_string(n), unit, std::string(std::string_view(i.name)), operands, waits_for});
  }
  std::string words = show::in_columns(made);
  if (Stream::size > most) words += "... " + std::to_string(Stream::size - most) + " more\n";
  return words;
}

/// What the stream costs: instructions, bytes of each memory, cycles.
template <class Stream>
std::string cost_of() {
  lower::machine const on = Stream::machine();
  timing const t = timing_of<Stream>();
  show::table made{.right = "lr", .rows = {}};
  made.rows.push_back({"instructions", std::to_string(Stream::size)});
  for (memory const& m : on.memories) {
    std::string bytes = std::to_string(Stream::bytes(m.where)) + " B";
    if (m.bytes > 0) bytes += " of " + std::to_string(m.bytes);
    made.rows.push_back({std::string(std::string_view(m.where.name)), bytes});
  }
  for (std::size_t u = 0; u < on.units.count; ++u) {
    made.rows.push_back({std::string(std::string_view(on.units.first[u].name)), std::to_string(t.busy[u]) + " cycles"});
  }
  made.rows.push_back({"one by one", std::to_string(t.one_by_one) + " cycles"});
  made.rows.push_back({"overlapped", std::to_string(t.overlapped) + " cycles"});
  return show::in_columns(made);
}

}  // namespace tenon::accelerator
