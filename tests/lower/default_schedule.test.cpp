#include <tenon/lower/default_schedule.hpp>

#include <tenon/lower/pipeline.hpp>

#include "support/programs.hpp"
#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool keeps_what_is_computed(ir::program const& p, cpu_target const& target) {
  ir::program const scheduled = lower::finish(lower::apply(p, lower::default_schedule(p, target)));
  return !scheduled.refused && programs::same_outputs(p, scheduled);
}

TEST_CASE("default_schedule: fits operators of every size") {
  for (int size : {1, 2, 3, 7, 13, 31, 64, 67}) {
    CHECK(keeps_what_is_computed(programs::copy(size), {}));
    CHECK(keeps_what_is_computed(programs::matmul(size, 2 * size + 1, 5), {}));
    CHECK(keeps_what_is_computed(programs::dense_relu(5, size, size), {.vector_bytes = 16, .vector_registers = 16}));
    CHECK(keeps_what_is_computed(programs::row_argmax(size, 9), {}));
  }
}

TEST_CASE("default_schedule: sums stay in registers") {
  schedule const made = lower::default_schedule(programs::matmul(48, 64, 8), {});
  bool vectors = false;
  for (step const& s : made.steps) vectors |= s.what == action::vectorize;
  CHECK(vectors);
}

}  // namespace
