#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tenon/support/ensure.hpp>
#include <tenon/support/text.hpp>
#include <tenon/target/vta/encode.hpp>

namespace tenon::vta {

/// Everything one launch needs besides its data: instructions in order, and the micro-ops that lie in DRAM for LOAD UOP.
struct stream {
  configuration sizes{};
  std::vector<instruction> instructions{};
  std::vector<micro_op> micro_ops{};
  std::int64_t micro_op_base = 0;  // the first one's element number in DRAM: its address divided by 4

  constexpr bool operator==(stream const&) const = default;
};

/// A stream, or why there is none.
struct stream_or_flaw {
  stream made{};
  text flaw{};
};

/// The instructions as the machine reads them.
constexpr std::vector<word128> encode(stream const& s) {
  std::vector<word128> made{};
  for (instruction const& i : s.instructions) made.push_back(encode(s.sizes, i));
  return made;
}

/// The micro-ops as the machine reads them.
constexpr std::vector<std::uint32_t> encode_micro_ops(stream const& s) {
  std::vector<std::uint32_t> made{};
  for (micro_op const& u : s.micro_ops) made.push_back(encode(s.sizes, u));
  return made;
}

/// The stream that these words are.
constexpr stream decode(configuration const& c, std::span<word128 const> instructions,
                        std::span<std::uint32_t const> micro_ops, std::int64_t micro_op_base) {
  stream made{.sizes = c, .micro_op_base = micro_op_base};
  for (word128 const& w : instructions) made.instructions.push_back(decode(c, w));
  for (std::uint32_t const w : micro_ops) made.micro_ops.push_back(decode(c, w));
  return made;
}

/// The micro-op that stands at an element number in DRAM, or null.
constexpr micro_op const* micro_op_at(stream const& s, std::int64_t element) {
  std::int64_t const at = element - s.micro_op_base;
  return at >= 0 && at < std::ssize(s.micro_ops) ? &s.micro_ops[static_cast<std::size_t>(at)] : nullptr;
}

/// Puts the micro-ops where LOAD UOP looks for them. `dram` begins at address 0.
constexpr void write_micro_ops(stream const& s, std::span<std::uint8_t> dram) {
  auto at = static_cast<std::size_t>(4 * s.micro_op_base);
  for (std::uint32_t const bits : encode_micro_ops(s)) {
    ensure(at + 4 <= dram.size());
    for (int byte = 0; byte < 4; ++byte) dram[at++] = static_cast<std::uint8_t>(bits >> (8 * byte));
  }
}

}  // namespace tenon::vta
