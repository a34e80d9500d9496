#include <tenon/schedule/schedule.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool puts_lists_behind_each_other() {
  schedule const two = steps(step{.what = action::fuse}, step{.what = action::peel});
  schedule const all = steps(two, step{.what = action::split}, two);
  return all.steps.size() == 5 && all.steps[2].what == action::split && all.steps[4].what == action::peel;
}

TEST_CASE("schedule") { CHECK_BOTH(puts_lists_behind_each_other()); }

}  // namespace
