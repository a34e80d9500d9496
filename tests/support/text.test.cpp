#include <tenon/support/text.hpp>

#include <cstdint>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool writes_numbers() {
  return (text{} << 0 << " " << -17 << " " << INT64_MIN << " " << std::uint8_t{200}) ==
         "0 -17 -9223372036854775808 200";
}
constexpr bool is_cut_at_its_end() {
  text t{};
  for (int n = 0; n < 100; ++n) t << "0123456789";
  return t.size() == sizeof t.letters;
}

TEST_CASE("text") {
  CHECK_BOTH(writes_numbers());
  CHECK_BOTH(is_cut_at_its_end());
}

}  // namespace
