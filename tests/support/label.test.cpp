#include <tenon/support/label.hpp>

#include <string_view>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool names_parts() { return std::string_view(label("i").part("outer").part("inner")) == "i.outer.inner"; }
constexpr bool is_cut_at_its_end() {
  label const cut("a name that is longer than the thirty-two letters of a label");
  return std::string_view(cut) == "a name that is longer than the ~" && cut.is_cut() && label{}.empty() &&
         !label("a name of thirty-two letters ...").is_cut();
}
constexpr bool tells_what_a_user_may_write() {
  return is_name("j2") && is_name("rows_of_x") && !is_name("") && !is_name("i.outer") && !is_name("y[i]") &&
         !is_name("a_name_of_thirty_three_letters_so");
}

TEST_CASE("label") {
  CHECK_BOTH(names_parts());
  CHECK_BOTH(is_cut_at_its_end());
  CHECK_BOTH(tells_what_a_user_may_write());
}

}  // namespace
