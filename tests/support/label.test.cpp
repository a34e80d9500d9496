#include <tenon/support/label.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool names_parts() { return std::string_view(label("i").part("outer").part("inner")) == "i.outer.inner"; }
constexpr bool is_cut_at_its_end() {
  return std::string_view(label("a name that is longer than the thirty-two letters of a label")).size() == 32 &&
         label{}.empty();
}

TEST_CASE("label") {
  CHECK_BOTH(names_parts());
  CHECK_BOTH(is_cut_at_its_end());
}

}  // namespace
