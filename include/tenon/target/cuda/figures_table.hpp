#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include <tenon/target/cuda/figures.hpp>
#include <tenon/target/text/table.hpp>

namespace tenon::cuda {

namespace detail {

inline std::string moves_in_words(figures::moves const& m) {
  std::string words{};
  auto const add = [&](std::int64_t count, char const* bytes) {
    if (count == 0) return;
    words += (words.empty() ? "" : ", ") + std::to_string(count) + " of " + bytes + " bytes";
  };
  add(m.of_16, "16");
  add(m.of_8, "8");
  add(m.of_4, "4 or fewer");
  return words;
}

}  // namespace detail

/// The figures as a table.
inline std::string cost_table(figures const& f) {
  show::table made{.right = "lrl", .rows = {{"cost", "figure", "besides"}}};
  auto const row = [&](std::string what, std::int64_t figure, std::string besides = {}) {
    made.rows.push_back({std::move(what), std::to_string(figure), std::move(besides)});
  };
  auto const sizes = [](std::int64_t const(&n)[3]) {
    return std::to_string(n[0]) + " x " + std::to_string(n[1]) + " x " + std::to_string(n[2]);
  };
  row("blocks", f.threads.block_count(), sizes(f.threads.blocks));
  row("threads of a block", f.threads.thread_count(), sizes(f.threads.threads));
  row("registers of a thread", f.registers, "at most, about");
  row("shared memory of a block", f.shared_bytes, "bytes");
  row("operations", f.flops, "of all threads");
  row("barriers", f.barriers);
  if (f.warp_instructions > 0) row("instructions of a warp", f.warp_instructions, "by all its lanes together");
  if (f.matrix_loads > 0) row("operands of these", f.matrix_loads, "fetched by all lanes together");
  row("loads of a thread", f.loads.count(), detail::moves_in_words(f.loads));
  row("stores of a thread", f.stores.count(), detail::moves_in_words(f.stores));
  if (f.copies.count() > 0) row("copies ahead of a thread", f.copies.count(), detail::moves_in_words(f.copies));
  row("shared loads of a thread", f.shared_loads.count(), detail::moves_in_words(f.shared_loads));
  row("shared stores of a thread", f.shared_stores.count(), detail::moves_in_words(f.shared_stores));
  return show::in_columns(made);
}

}  // namespace tenon::cuda
