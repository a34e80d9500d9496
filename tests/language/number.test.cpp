#include <tenon/language/number.hpp>

#include <limits>

#include "support/both.hpp"

using namespace tenon;

namespace {

template <class From>
bool converts(From from, element to, double expected) {
  argument a = argument_of(from);
  if (!language::convert_number(a, to)) return false;
  ir::scalar const kept = language::number_in(a);
  return a.type == to && (ir::is_float(to) ? kept.real : static_cast<double>(kept.whole)) == expected;
}
template <class From>
bool refuses(From from, element to) {
  argument a = argument_of(from);
  return !language::convert_number(a, to);
}

}  // namespace

TEST_CASE("a number takes another type") {
  CHECK(converts(3, element::f32, 3));
  CHECK(converts(0.1, element::f32, double(0.1F)));
  CHECK(converts(0.1, element::f16, double(float(half(0.1F)))));
  CHECK(converts(2.5F, element::bf16, 2.5));
  CHECK(converts(half(1.5F), element::f64, 1.5));
  CHECK(converts(bfloat16(-3.0F), element::i8, -3));
  CHECK(converts(200, element::u8, 200));
  CHECK(converts(200U, element::i16, 200));
  CHECK(converts(true, element::i32, 1));
  CHECK(converts(1, element::boolean, 1));
  CHECK(converts(7.0, element::i64, 7));
  CHECK(converts(std::uint64_t{5}, element::u64, 5));
  CHECK(converts(std::int8_t{-5}, element::i16, -5));
  CHECK(converts(std::uint16_t{9}, element::u32, 9));
}

TEST_CASE("a number that another type cannot hold is refused") {
  CHECK(refuses(200, element::i8));
  CHECK(refuses(-1, element::u8));
  CHECK(refuses(-1, element::u64));
  CHECK(refuses(-1, element::u32));
  CHECK(refuses(2, element::boolean));
  CHECK(refuses(0.5, element::i32));
  CHECK(refuses(1e30, element::i64));
  CHECK(refuses(0x1p63, element::i64));
  CHECK(refuses(std::numeric_limits<double>::quiet_NaN(), element::i32));
  CHECK(refuses(std::numeric_limits<std::uint64_t>::max(), element::i64));
  CHECK(refuses(16777217, element::f32));
  CHECK(refuses(1 << 17, element::i16));
  CHECK(refuses(1 << 17, element::u16));
  CHECK(refuses(std::int64_t{1} << 40, element::i32));
}
