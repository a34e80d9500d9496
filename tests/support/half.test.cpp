#include <tenon/support/half.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <support/both.hpp>

namespace {

using tenon::half;

constexpr bool every_value_comes_back() {
  for (unsigned bits = 0; bits < 0x10000; bits += 7) {
    half const h = half::from_bits(static_cast<std::uint16_t>(bits));
    float const f = h;
    if (f == f && half(f).bits != h.bits) { return false; }
  }
  return true;
}

constexpr bool ties_go_to_the_even() {
  return half(1.0F + 0x1p-11F).bits == 0x3c00 && half(1.0F + 0x3p-11F).bits == 0x3c02 && half(0x1p-25F).bits == 0 &&
         half(0x3p-25F).bits == 2 && half(0x1.000002p-25F).bits == 1 && half(-0.0F).bits == 0x8000;
}

constexpr bool the_ends_are_infinite() {
  float const inf = std::numeric_limits<float>::infinity();
  return half(65519.0F).bits == 0x7bff && half(65520.0F).bits == 0x7c00 && half(-inf).bits == 0xfc00 &&
         float(std::numeric_limits<half>::infinity()) == inf && float(std::numeric_limits<half>::max()) == 65504.0F;
}

constexpr bool arithmetic_is_of_floats() {
  return half(1.5F) + half(2.25F) == 3.75F && half(1.0F) < half(2.0F) && half(3.0F) == half(3.0F) &&
         half(3.0F) != half(4.0F);
}

}  // namespace

TEST_CASE("half") {
  CHECK_BOTH(every_value_comes_back());
  CHECK_BOTH(ties_go_to_the_even());
  CHECK_BOTH(the_ends_are_infinite());
  CHECK_BOTH(arithmetic_is_of_floats());
  half const nan(std::numeric_limits<float>::quiet_NaN());
  CHECK(float(nan) != float(nan));
}

TEST_CASE("half is the nearest of its values") {
  for (std::uint32_t x = 0; x < 0x7f800000U; x += 4099U) {
    float const f = std::bit_cast<float>(x);
    half const h(f);
    float const here = h;
    if (here > 65504.0F) {
      CHECK(f >= 65520.0F);
      continue;
    }
    float const above = half::from_bits(static_cast<std::uint16_t>(h.bits + 1U));
    float const below =
        h.bits == 0 ? 0.0F : static_cast<float>(half::from_bits(static_cast<std::uint16_t>(h.bits - 1U)));
    bool const nearest =
        std::fabs(f - here) <= std::fabs(f - above) && (h.bits == 0 || std::fabs(f - here) <= std::fabs(f - below));
    if (!nearest) {
      CAPTURE(f);
      CHECK(nearest);
    }
  }
}
