#include <tenon/target/compiled/why_no_operator.hpp>

#include <string_view>

#include <tenon/language.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

struct some_target {};

struct twice {
  axis<"i", 8> i;
  tensor<"x", float, 8> x;
  tensor<"y", float, 8> y;
  constexpr auto define() const { return y(i) = 2 * x(i); }
};
struct nothing {
  constexpr auto define() const { return 3; }
};
struct no_list {
  axis<"i", 8> i;
  tensor<"x", float, 8> x;
  tensor<"y", float, 8> y;
  constexpr auto define() const { return y(i) = 2 * x(i); }
  constexpr auto schedule(some_target) const { return 7; }
};

constexpr bool finds_nothing_wrong_with_an_operator() {
  return compiled::why_no_operator<twice, some_target>("some_target").empty();
}
constexpr bool says_what_is_missing() {
  text const schedule = compiled::why_no_operator<no_list, some_target>("some_target");
  return !compiled::why_no_operator<nothing, some_target>("some_target").empty() &&
         std::string_view(schedule).find("schedule(some_target)") != std::string_view::npos;
}

TEST_CASE("why_no_operator") {
  CHECK_BOTH(finds_nothing_wrong_with_an_operator());
  CHECK_BOTH(says_what_is_missing());
}

}  // namespace
