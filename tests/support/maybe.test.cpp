#include <tenon/support/maybe.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

struct place {
  int row = 0;
};

constexpr bool holds_what_it_is_given() {
  maybe<int> const some = 0;
  maybe<place> const there = place{.row = 7};
  return some && *some == 0 && some.value_or(5) == 0 && there && there->row == 7;
}
constexpr bool is_nothing_at_first() {
  maybe<int> none{};
  if (none || none.value_or(5) != 5) return false;
  none = 3;
  return none && none == 3 && none != maybe<int>{};
}

TEST_CASE("maybe") {
  CHECK_BOTH(holds_what_it_is_given());
  CHECK_BOTH(is_nothing_at_first());
}

}  // namespace
