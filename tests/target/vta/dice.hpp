#pragma once

#include <cstdint>

#include <tenon/target/vta/fields.hpp>

namespace tenon::vta {

/// Random numbers, the same ones each time.
struct dice {
  std::uint64_t state = 1;

  constexpr std::uint64_t next() {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state * 0x2545f4914f6cdd1dULL;
  }
  constexpr std::int64_t below(std::int64_t n) {
    return static_cast<std::int64_t>((next() >> 11) % static_cast<std::uint64_t>(n));
  }
};

/// An instruction with random bits in each of its fields.
constexpr instruction random_instruction(configuration const& c, dice& d) {
  instruction i{.op = d.below(5)};
  for_each_field(c, i.op, [&](instruction_field const& f, int, int width) {
    std::int64_t const span = std::int64_t{1} << width;
    if (f.member != &instruction::op) i.*f.member = d.below(span) - (f.is_signed ? span / 2 : 0);
  });
  return i;
}

}  // namespace tenon::vta
