#include <tenon/support/text.hpp>

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string_view>

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

/// What a stream of characters has, and no more.
struct characters {
  text all{};
  constexpr characters& write(char const* first, std::ptrdiff_t count) {
    all << std::string_view(first, static_cast<std::size_t>(count));
    return *this;
  }
};
constexpr bool goes_to_any_stream() {
  characters to{};
  text const sentence = text{} << "split(i, " << 8 << ")";
  to << sentence << text{": why"};
  return to.all == "split(i, 8): why";
}

TEST_CASE("text") {
  CHECK_BOTH(writes_numbers());
  CHECK_BOTH(is_cut_at_its_end());
  CHECK_BOTH(goes_to_any_stream());
  std::ostringstream out{};
  out << text{"x: "} << 64;
  CHECK(out.str() == "x: 64");
}

}  // namespace
