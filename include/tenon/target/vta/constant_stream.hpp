#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <tenon/support/granted.hpp>
#include <tenon/support/text.hpp>
#include <tenon/target/vta/check_stream.hpp>
#include <tenon/target/vta/encode.hpp>
#include <tenon/target/vta/stream.hpp>

namespace tenon::vta {

namespace detail {

struct stream_facts {
  text wrong{};
  std::size_t instructions = 0, micro_ops = 0;
};

template <class Maker>
constexpr stream_facts facts_of() {
  stream const s = Maker::make();
  return {check_stream(s).sentence, s.instructions.size(), s.micro_ops.size()};
}
template <class Maker>
inline constexpr stream_facts facts = facts_of<Maker>();

template <std::size_t Instructions, std::size_t MicroOps>
struct stream_words {
  std::array<word128, Instructions> instructions{};
  std::array<std::uint32_t, MicroOps> micro_ops{};
};

template <class Maker>
constexpr auto words_of() {
  stream const s = Maker::make();
  stream_words<facts<Maker>.instructions, facts<Maker>.micro_ops> made{};
  for (std::size_t n = 0; n < made.instructions.size(); ++n) made.instructions[n] = encode(s.sizes, s.instructions[n]);
  for (std::size_t n = 0; n < made.micro_ops.size(); ++n) made.micro_ops[n] = encode(s.sizes, s.micro_ops[n]);
  return made;
}
template <class Maker>
inline constexpr auto words = words_of<Maker>();

template <class Maker>
struct proved_words {
  TENON_GRANT(facts<Maker>.wrong, Maker);
  static constexpr auto const& value = words<Maker>;
};

}  // namespace detail

/// A stream made and proved while compiling, as constants: arrays `instructions` and `micro_ops` as the machine reads them. The
/// compiler stops with a sentence where something is wrong with it.
///
///     struct copy { static constexpr vta::stream make() { ... } };
///     vta::constant_stream<copy>.instructions
template <class Maker>
inline constexpr auto const& constant_stream = detail::proved_words<Maker>::value;

}  // namespace tenon::vta
