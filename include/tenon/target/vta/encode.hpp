#pragma once

#include <cstdint>

#include <tenon/target/vta/fields.hpp>

namespace tenon::vta {

/// An instruction as the machine reads it: two 64-bit words, the lower one first.
struct word128 {
  std::uint64_t low = 0, high = 0;
  constexpr bool operator==(word128 const&) const = default;
};

namespace detail {

constexpr std::uint64_t low_bits(int width) {
  return width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
}

constexpr std::int64_t extended(std::uint64_t bits, int width, bool is_signed) {
  auto const value = static_cast<std::int64_t>(bits & low_bits(width));
  bool const negative = is_signed && (bits >> (width - 1) & 1) != 0;
  return negative ? value - (std::int64_t{1} << width) : value;
}

}  // namespace detail

/// The bits of an instruction. Of a field that is out of range, which `flaw_of` tells, only the low bits are kept.
constexpr word128 encode(configuration const& c, instruction const& i) {
  word128 made{};
  for_each_field(c, i.op, [&](instruction_field const& f, int first, int width) {
    std::uint64_t const bits = static_cast<std::uint64_t>(i.*f.member) & detail::low_bits(width);
    (first < 64 ? made.low : made.high) |= bits << (first % 64);
  });
  return made;
}

/// The instruction that the bits are. Unused bits do not matter.
constexpr instruction decode(configuration const& c, word128 const& w) {
  instruction made{};
  for_each_field(c, static_cast<std::int64_t>(w.low & 7), [&](instruction_field const& f, int first, int width) {
    made.*f.member = detail::extended((first < 64 ? w.low : w.high) >> (first % 64), width, f.is_signed);
  });
  return made;
}

/// The bits of a micro-op.
constexpr std::uint32_t encode(configuration const& c, micro_op const& u) {
  std::uint32_t made = 0;
  for_each_micro_op_field(c, [&](micro_op_field const& f, int first, int width) {
    made |= (static_cast<std::uint32_t>(u.*f.member) & static_cast<std::uint32_t>(detail::low_bits(width))) << first;
  });
  return made;
}

/// The micro-op that the bits are.
constexpr micro_op decode(configuration const& c, std::uint32_t bits) {
  micro_op made{};
  for_each_micro_op_field(c, [&](micro_op_field const& f, int first, int width) {
    made.*f.member = static_cast<std::int32_t>(bits >> first & static_cast<std::uint32_t>(detail::low_bits(width)));
  });
  return made;
}

}  // namespace tenon::vta
