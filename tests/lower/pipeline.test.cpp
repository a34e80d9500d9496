#include <tenon/lower/pipeline.hpp>

#include <tenon/schedule/fuse.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/serial.hpp>
#include <tenon/schedule/split.hpp>

#include "support/loops.hpp"
#include "support/programs.hpp"
#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool keeps_what_is_computed() {
  ir::program const p = programs::matmul(4, 6, 4);
  auto const plan = steps(split(loop("i"), 2), split(loop("j"), 3),
                          reorder(loop("i").outer, loop("j").outer, loop("k"), loop("i").inner, loop("j").inner));
  return programs::same_outputs(p, lower::finish(lower::apply(p, plan)));
}
constexpr bool stops_at_the_first_refusal() {
  ir::program const p = programs::matmul(4, 6, 4);
  ir::program const refused = lower::apply(p, steps(split(loop("i"), 3), serial(loop("q"))));
  return refused.refused == lower::apply(p, split(loop("i"), 3)).refused && refused.refused;
}
constexpr bool refuses_numbers_that_no_loop_reaches() {
  ir::program const p = programs::matmul(4, 6, 4);
  for (std::int64_t const number : {INT64_MAX, INT64_MIN, std::int64_t{1} << 33}) {
    if (!lower::apply(p, split(loop("i"), number)).refused || !lower::apply(p, split(loop("i"), parts(number))).refused)
      return false;
  }
  return lower::apply(p, split(loop("i"), std::int64_t{1} << 33)).refused.sentence ==
         "split(i, 8589934592): 8589934592 is beyond 4294967296, the largest number that a step takes";
}
/// What a step makes has names and a place in tables, too.
constexpr bool says_which_step_asks_for_too_much() {
  auto const rows = loop("i");
  auto const plan = steps(split(rows, 2), split(rows.inner, 2), split(rows.inner.inner, 1),
                          fuse(rows.inner.inner.outer, rows.inner.inner.inner));
  return lower::apply(programs::copy(4), plan).refused.sentence ==
         "fuse(i.inner.inner.outer, i.inner.inner.inner): i.inner.inner.outer.i.inner.inn~ is longer than 32 letters; "
         "take shorter names, or take apart and fuse fewer loops: names of loops and of partial results are made of "
         "others";
}

TEST_CASE("pipeline") {
  CHECK_BOTH(says_which_step_asks_for_too_much());
  CHECK_BOTH(refuses_numbers_that_no_loop_reaches());
  CHECK_BOTH(keeps_what_is_computed());
  CHECK_BOTH(stops_at_the_first_refusal());
}

}  // namespace
