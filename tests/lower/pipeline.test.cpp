#include <tenon/lower/pipeline.hpp>

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

TEST_CASE("pipeline") {
  CHECK_BOTH(keeps_what_is_computed());
  CHECK_BOTH(stops_at_the_first_refusal());
}

}  // namespace
