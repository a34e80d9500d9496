#include <tenon/support/text_view.hpp>

#include <sstream>
#include <string>
#include <string_view>

#include <tenon/support/fixed_string.hpp>
#include <tenon/support/label.hpp>
#include <tenon/support/text.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool shows_the_letters_of_others() {
  constexpr std::string_view standard = "i.outer";
  text_view const all = standard;
  return all == "i.outer" && all.size() == 7 && all[2] == 'o' && !all.empty() && text_view{}.empty() &&
         text_view(label{"abc"}) == "abc" && text_view(text{} << 12) == "12" && text_view(fixed_string{"x"}) == "x" &&
         std::string_view(all) == standard && all == standard && standard == all && (text{} << "i.outer") == standard &&
         !(all == "i.oute") && !(all == "i.inner");
}
constexpr bool takes_parts() {
  text_view const all = "this operator: why";
  return all.substr(15) == "why" && all.substr(5, 8) == "operator" && all.substr(18).empty() &&
         all.starts_with("this ") && !all.starts_with("this operator: why not") && all.starts_with("") &&
         all.contains(':') && !all.contains('?');
}

TEST_CASE("text_view") {
  CHECK_BOTH(shows_the_letters_of_others());
  CHECK_BOTH(takes_parts());
}
TEST_CASE("text_view: goes where the standard's goes") {
  std::string whole = "of ";
  whole += text_view("two");
  CHECK(whole == "of two");
  CHECK(text_view(whole) == "of two");
  std::ostringstream said;
  said << text_view("type ") << 32;
  CHECK(said.str() == "type 32");
}

}  // namespace
