#include <tenon/schedule/schedule.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool puts_lists_behind_each_other() {
  schedule const two = steps(step{.what = action::fuse}, step{.what = action::peel});
  schedule const all = steps(two, step{.what = action::split}, two);
  return all.steps.size() == 5 && all.steps[2].what == action::split && all.steps[4].what == action::peel;
}

constexpr bool counts_what_it_cannot_hold() {
  schedule all{};
  for (int n = 0; n < 70; ++n) all += step{.what = action::fuse};
  return all.flaw().empty() == false && all.left_out == 6 && steps(all, all).left_out == 76 &&
         schedule{}.flaw().empty();
}

TEST_CASE("schedule") {
  CHECK_BOTH(puts_lists_behind_each_other());
  CHECK_BOTH(counts_what_it_cannot_hold());
}

}  // namespace
