#include <tenon/support/int4.hpp>

#include <doctest/doctest.h>

#include <support/both.hpp>

namespace {

constexpr bool both_come_back() {
  for (int a = -8; a < 8; ++a) {
    for (int b = -8; b < 8; ++b) {
      tenon::int4x2 const pair(a, b);
      tenon::uint4x2 const unsigned_pair(static_cast<unsigned>(a + 8), static_cast<unsigned>(b + 8));
      if (pair.first() != a || pair.second() != b || unsigned_pair.first() != a + 8 ||
          unsigned_pair.second() != b + 8) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace

TEST_CASE("int4") {
  CHECK_BOTH(both_come_back());
  CHECK(sizeof(tenon::int4x2) == 1);
}
