#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <tenon/support/granted.hpp>
#include <tenon/support/text.hpp>
#include <tenon/target/vta/check_loops.hpp>
#include <tenon/target/vta/check_tokens.hpp>
#include <tenon/target/vta/encode.hpp>
#include <tenon/target/vta/stream.hpp>

namespace tenon::vta {

namespace detail {

template <class Maker>
constexpr stream_or_flaw stream_from() {
  if constexpr (requires { Maker::make().flaw; }) return Maker::make();
  else return {Maker::make(), {}};
}

struct stream_facts {
  text flaw{};
  std::size_t instructions = 0, micro_ops = 0;
};
template <class Maker>
constexpr stream_facts facts_of() {
  auto const [s, flaw] = stream_from<Maker>();
  return {flaw, s.instructions.size(), s.micro_ops.size()};
}
template <class Maker>
inline constexpr stream_facts facts = facts_of<Maker>();

// A variable for each step keeps each evaluation within the compilers' limits.
template <std::size_t Instructions, std::size_t MicroOps>
struct kept_stream {
  configuration sizes{};
  std::array<instruction, Instructions> instructions{};
  std::array<micro_op, MicroOps> micro_ops{};
  std::int64_t micro_op_base = 0;

  constexpr stream again() const {
    return {sizes, {instructions.begin(), instructions.end()}, {micro_ops.begin(), micro_ops.end()}, micro_op_base};
  }
};
template <class Maker>
constexpr auto keep() {
  stream const s = stream_from<Maker>().made;
  kept_stream<facts<Maker>.instructions, facts<Maker>.micro_ops> made{.sizes = s.sizes,
                                                                      .micro_op_base = s.micro_op_base};
  for (std::size_t n = 0; n < made.instructions.size(); ++n) made.instructions[n] = s.instructions[n];
  for (std::size_t n = 0; n < made.micro_ops.size(); ++n) made.micro_ops[n] = s.micro_ops[n];
  return made;
}
template <class Maker>
inline constexpr auto kept = keep<Maker>();

template <class Maker>
inline constexpr text wrong_loops = check_loops(kept<Maker>.again()).sentence;
template <class Maker>
inline constexpr text wrong_tokens = check_tokens(kept<Maker>.again()).sentence;

template <class Maker>
constexpr text wrong_in() {
  if constexpr (!facts<Maker>.flaw.empty()) return facts<Maker>.flaw;
  else if constexpr (!wrong_loops<Maker>.empty()) return wrong_loops<Maker>;
  else return wrong_tokens<Maker>;
}
template <class Maker>
inline constexpr text wrong = wrong_in<Maker>();

template <std::size_t Instructions, std::size_t MicroOps>
struct stream_words {
  std::array<word128, Instructions> instructions{};
  std::array<std::uint32_t, MicroOps> micro_ops{};
};

template <class Maker>
constexpr auto words_of() {
  auto const& s = kept<Maker>;
  stream_words<facts<Maker>.instructions, facts<Maker>.micro_ops> made{};
  for (std::size_t n = 0; n < made.instructions.size(); ++n) made.instructions[n] = encode(s.sizes, s.instructions[n]);
  for (std::size_t n = 0; n < made.micro_ops.size(); ++n) made.micro_ops[n] = encode(s.sizes, s.micro_ops[n]);
  return made;
}
template <class Maker>
inline constexpr auto words = words_of<Maker>();

template <class Maker>
struct proved_words {
  TENON_GRANT(wrong<Maker>, Maker);
  static constexpr auto const& value = words<Maker>;
};

}  // namespace detail

/// A stream made and proved while compiling, as constants: arrays `instructions` and `micro_ops` as the machine reads them. The
/// compiler stops with a sentence where something is wrong with it. `make` returns a `stream`, or a `stream_or_flaw`.
///
///     struct copy { static constexpr vta::stream make() { ... } };
///     vta::constant_stream<copy>.instructions
template <class Maker>
inline constexpr auto const& constant_stream = detail::proved_words<Maker>::value;

}  // namespace tenon::vta
