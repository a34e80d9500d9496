#include <tenon/support/bfloat16.hpp>

#include <doctest/doctest.h>

#include <support/both.hpp>

namespace {

using tenon::bfloat16;

constexpr bool every_value_comes_back() {
  for (unsigned bits = 0; bits < 0x10000; bits += 3) {
    bfloat16 const b = bfloat16::from_bits(static_cast<std::uint16_t>(bits));
    float const f = b;
    if (f == f && bfloat16(f).bits != b.bits) { return false; }
  }
  return true;
}

constexpr bool ties_go_to_the_even() {
  return bfloat16(1.0F + 0x1p-8F).bits == 0x3f80 && bfloat16(1.0F + 0x3p-8F).bits == 0x3f82 &&
         bfloat16(1.0F + 0x1.1p-8F).bits == 0x3f81;
}

constexpr bool the_ends_are_infinite() {
  return bfloat16(std::numeric_limits<float>::max()).bits == 0x7f80 &&
         float(std::numeric_limits<bfloat16>::infinity()) == std::numeric_limits<float>::infinity() &&
         float(std::numeric_limits<bfloat16>::epsilon()) == 0x1p-7F;
}

}  // namespace

TEST_CASE("bfloat16") {
  CHECK_BOTH(every_value_comes_back());
  CHECK_BOTH(ties_go_to_the_even());
  CHECK_BOTH(the_ends_are_infinite());
  bfloat16 const nan(std::numeric_limits<float>::quiet_NaN());
  CHECK(float(nan) != float(nan));
}
