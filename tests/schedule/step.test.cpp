#include <tenon/schedule/step.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool prints_as_the_user_wrote_it() {
  step s{.what = action::cache, .tensor = {"w"}};
  s.loops.push_back({{}, "k.outer"});
  s.loops.push_back({{}, "j.outer"});
  s.loops.push_back({{}, "j.inner"});
  step t{.what = action::split, .policy = tail::mask};
  t.loops.push_back({"bx", "y"});
  t.numbers.push_back(8);
  return (text{} << s) == "cache(w, k.outer, order(j.outer, j.inner))" &&
         (text{} << t) == "split(bx[y], 8, tail::mask)";
}

TEST_CASE("step") { CHECK_BOTH(prints_as_the_user_wrote_it()); }

}  // namespace
