#include <tenon/language/fields.hpp>

#include "support/both.hpp"

using namespace tenon;

namespace {

struct nothing {};
struct empty_member {};
struct mixed {
  empty_member a;
  int b = 3;
  nothing c;
  double d;
};

constexpr bool members_are_counted() {
  return detail::count_fields<nothing>() == 0 && detail::count_fields<mixed>() == 4 &&
         detail::count_fields<types<int>>() == 0;
}

constexpr bool their_types_are_listed_in_order() {
  return std::is_same_v<decltype(detail::fields_of(mixed{})), types<empty_member, int, nothing, double>> &&
         std::is_same_v<decltype(detail::fields_of(nothing{})), types<>>;
}

}  // namespace

TEST_CASE("fields") {
  CHECK_BOTH(members_are_counted());
  CHECK_BOTH(their_types_are_listed_in_order());
}
