#include <doctest/doctest.h>

#include <support/programs.hpp>

#include <tenon/target/text/history.hpp>

using namespace tenon;

namespace {

// Carries out `unroll` only.
ir::program unrolled(ir::program const& p, step const& s) {
  if (s.what != action::unroll) return ir::refuse(p, text{} << s << ": this test only unrolls");
  ir::program made = p;
  made[ir::axis_id{1}].kind = ir::loop_kind::unrolled;
  return made;
}

}  // namespace

TEST_CASE("a history is the program as written and after each step") {
  step unroll_i{.what = action::unroll};
  unroll_i.loops.push_back({.loop = "i"});
  auto const all = show::history(programs::copy(4), steps(unroll_i), unrolled);
  REQUIRE(all.size() == 2);
  CHECK(all[0].line == "as written");
  CHECK(all[0].program == programs::copy(4));
  CHECK(all[1].line == "unroll(i)");
  CHECK(all[1].program.axes[1].kind == ir::loop_kind::unrolled);
}

TEST_CASE("a history ends with the step that is refused") {
  step peel_i{.what = action::peel};
  peel_i.loops.push_back({.loop = "i"});
  auto const all = show::history(programs::copy(4), steps(peel_i, peel_i), unrolled);
  REQUIRE(all.size() == 2);
  CHECK(all[1].program.refused);
}
