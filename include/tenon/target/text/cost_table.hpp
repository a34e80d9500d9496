#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tenon/analysis/cost.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/target/text/quantity.hpp>
#include <tenon/target/text/table.hpp>

namespace tenon::show {

namespace detail {

/// "x 192 KiB, w 256 KiB": of each argument what `part` says, those left out of which nothing is touched.
inline std::string shares(ir::program const& p, analysis::cost const& c,
                          std::int64_t analysis::cost::argument::* part) {
  std::string words{};
  for (std::size_t b = 1; b <= p.arguments && b < p.buffers.size(); ++b) {
    std::int64_t const bytes = c.arguments[b].*part;
    if (bytes == 0) continue;
    words.append(words.empty() ? "" : ", ")
        .append(std::string_view(p.buffers[b].name))
        .append(" ")
        .append(bytes_in_words(bytes));
  }
  return words;
}

}  // namespace detail

/// What a program costs on a machine, a row for each figure.
inline table cost_figures(ir::program const& p, analysis::cost const& c, analysis::machine const& host = {}) {
  table made{.right = "lrl", .rows = {{"cost", "figure", "besides"}}};
  auto const row = [&](std::string what, std::string figure, std::string besides = {}) {
    made.rows.push_back({std::move(what), std::move(figure), std::move(besides)});
  };
  std::string limits{};
  if (p.parameters.size() > 1)
    limits = c.complete ? "run-time extents at their bounds" : "a run-time extent without a bound counts once";
  row("operations", count_in_words(static_cast<double>(c.flops)), limits);
  row("read", bytes_in_words(c.bytes_read), detail::shares(p, c, &analysis::cost::argument::read));
  row("written", bytes_in_words(c.bytes_written), detail::shares(p, c, &analysis::cost::argument::written));
  row("operations a byte", detail::three_digits(c.intensity()));
  for (int level = 0; level < analysis::cache_levels; ++level) {
    row("from behind cache " + std::to_string(level + 1), bytes_in_words(c.traffic[level]),
        "about, with " + bytes_in_words(host.caches[level]) + " of cache");
  }
  row("vector registers", std::to_string(c.registers), "of " + std::to_string(host.vector_bytes) + " bytes");
  if (c.stack > 0) row("stack", bytes_in_words(c.stack));
  if (c.workspace > 0) row("workspace", bytes_in_words(c.workspace));
  if (c.workspace_per_worker > 0) row("workspace of a thread", bytes_in_words(c.workspace_per_worker));
  return made;
}

/// What a program costs: operations, bytes for each memory, registers, as lines.
inline std::string cost_table(ir::program const& p, analysis::cost const& c, analysis::machine const& host = {}) {
  return in_columns(cost_figures(p, c, host));
}

/// The figures that stand at the head of a page.
inline std::vector<std::pair<std::string, std::string>> cost_facts(analysis::cost const& c) {
  return {{"operations", count_in_words(static_cast<double>(c.flops))},
          {"operations a byte", detail::three_digits(c.intensity())},
          {"vector registers", std::to_string(c.registers)}};
}

}  // namespace tenon::show
