#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/target/text/outline.hpp>
#include <tenon/target/text/quantity.hpp>
#include <tenon/target/text/spell.hpp>
#include <tenon/target/text/table.hpp>

namespace tenon::show {

/// How much memory a buffer takes: so many bytes times run-time extents.
struct size {
  std::int64_t bytes = 0;   // the constant factor
  std::string times{};      // the run-time extents, "M" or "M * ((N + 7) / 8)"; empty: the bytes are all

  bool is_known() const { return times.empty(); }
};

inline size size_of(speller const& spell, ir::buffer const& b) {
  size made{.bytes = 1};
  for (int d = 0; d < b.rank; ++d) {
    ir::node const& extent = spell.node(b.extents[d]);
    if (extent.what == ir::op::constant) {
      made.bytes *= extent.value + b.padding[d];
      continue;
    }
    if (!made.times.empty()) made.times += " * ";
    made.times += b.padding[d] == 0 ? spell.factor(b.extents[d])
                                    : "(" + spell.value(b.extents[d]) + " + " + detail::digits(b.padding[d]) + ")";
  }
  made.bytes = (made.bytes * ir::bits_of(b.type) + 7) / 8;
  return made;
}

/// "1.5 KiB", or "512 B * M".
inline std::string in_words(size const& s) { return bytes_in_words(s.bytes) + (s.is_known() ? "" : " * " + s.times); }

namespace detail {

inline void collect_buffers(speller const& spell, std::vector<branch> const& all, std::vector<ir::buffer_id>& found) {
  for (branch const& b : all) {
    if (b.what == ir::op::allocate) {
      ir::buffer_id const made = spell.node(b.at).buffer();
      bool known = false;
      for (ir::buffer_id f : found) known |= f == made;
      if (!known) found.push_back(made);
    }
    collect_buffers(spell, b.inside, found);
  }
}

}  // namespace detail

/// The buffers that a program has: its arguments, then what it allocates, in the order of the nest.
inline std::vector<ir::buffer_id> buffers_of(ir::program const& p) {
  std::vector<ir::buffer_id> found{};
  for (std::size_t n = 1; n <= p.arguments && n < p.buffers.size(); ++n) found.push_back(static_cast<ir::buffer_id>(n));
  detail::collect_buffers(speller{p}, outline(p), found);
  return found;
}

/// What one memory holds: all sizes that are known before a call in one, and those that are not.
struct holding {
  ir::memory where = ir::memory::automatic;
  std::vector<size> parts{};
};

/// "16 KiB", "256 B + 64 B * M".
inline std::string in_words(holding const& h) {
  std::string words{};
  for (size const& s : h.parts) words += (words.empty() ? "" : " + ") + in_words(s);
  return words;
}

/// What each memory holds, in the order of their first buffers.
inline std::vector<holding> holdings_of(ir::program const& p) {
  std::vector<holding> all{};
  speller const spell{p};
  for (ir::buffer_id id : buffers_of(p)) {
    ir::buffer const& b = spell.buffer(id);
    size const s = size_of(spell, b);
    holding* to = nullptr;
    for (holding& h : all) {
      if (h.where == b.where) to = &h;
    }
    if (to == nullptr) to = &all.emplace_back(holding{.where = b.where});
    size* same = nullptr;
    for (size& part : to->parts) {
      if (part.times == s.times) same = &part;
    }
    if (same == nullptr) to->parts.push_back(s);
    else same->bytes += s.bytes;
  }
  return all;
}

/// The buffers of a program, a row for each.
inline table memory_table(ir::program const& p) {
  table made{.right = "lllrll", .rows = {{"tensor", "element", "extents", "bytes", "where", "besides"}}};
  speller const spell{p};
  for (ir::buffer_id id : buffers_of(p)) {
    ir::buffer const& b = spell.buffer(id);
    std::string besides{};
    auto const note = [&](std::string_view words) {
      if (!besides.empty()) besides += ", ";
      besides += words;
    };
    if (b.use == ir::role::input) note("read");
    if (b.use == ir::role::output) note("written");
    if (b.use == ir::role::updated) note("updated");
    if (b.accumulates) note("accumulator");
    if (b.alignment > 0) note("aligned to " + std::to_string(b.alignment));
    if (b.strided) note("strides at run time");
    if (b.streaming) note("streamed");
    made.rows.push_back({spell.name(id), std::string(ir::name_of(b.type)), b.rank == 0 ? "one" : shape_of(spell, b),
                         in_words(size_of(spell, b)), std::string(word_of(p, b.where)), besides});
  }
  return made;
}

/// The buffers of a program: element, extents, bytes, memory, alignment; and what each memory holds in all.
inline std::string memory_map(ir::program const& p) {
  std::string words = in_columns(memory_table(p));
  for (holding const& h : holdings_of(p))
    words.append("in all, ").append(word_of(p, h.where)).append(": ").append(in_words(h)) += '\n';
  return words;
}

}  // namespace tenon::show
