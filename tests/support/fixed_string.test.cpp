#include <tenon/support/fixed_string.hpp>

#include <string_view>

#include "support/both.hpp"

namespace {

using namespace tenon;

template <fixed_string Name>
constexpr std::size_t length_of() {
  return Name.size();
}
constexpr bool is_a_template_argument() {
  return length_of<"">() == 0 && length_of<"abc">() == 3 && std::string_view(fixed_string("ab")) == "ab" &&
         fixed_string("").empty();
}

TEST_CASE("fixed_string") { CHECK_BOTH(is_a_template_argument()); }

}  // namespace
