#include <tenon/target/cpu/vector/element.hpp>

#include <doctest/doctest.h>

TEST_CASE("elements") {
  using namespace tenon::cpu;
  CHECK(is_short_float<tenon::half>);
  CHECK(!is_integer<tenon::bfloat16>);
  CHECK(is_integer<std::int8_t>);
  CHECK(has_sign<std::int64_t>);
  CHECK(!has_sign<std::uint8_t>);
  CHECK(same<stored<tenon::half>, std::uint16_t>);
  CHECK(same<wrapping<std::int32_t>, std::uint32_t>);
  CHECK(counting<std::uint8_t>.at[255] == 255);
}
