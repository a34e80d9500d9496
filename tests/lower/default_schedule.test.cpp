#include <tenon/lower/default_schedule.hpp>

#include <tenon/lower/pipeline.hpp>

#include <utility>

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

/// y[i, j] += x[i, k] * w[j, k]
ir::program weights_as_rows(int rows, int columns, int terms) {
  ir::program p = programs::matmul(rows, columns, terms);
  ir::buffer& w = p.buffers[2];
  std::swap(w.extents[0], w.extents[1]);
  for (ir::access& a : p.accesses)
    if (a.of == ir::buffer_id{2}) std::swap(a.at[0], a.at[1]);
  return p;
}

TEST_CASE("default_schedule: weights that lie as rows are packed") {
  for (int rows : {1, 3, 4, 13, 64}) {
    for (int columns : {1, 5, 32, 67}) {
      for (int terms : {1, 16, 21, 300}) {
        if (rows * columns * terms > 100000) continue;
        CAPTURE(rows);
        CAPTURE(columns);
        CAPTURE(terms);
        CHECK(keeps_what_is_computed(weights_as_rows(rows, columns, terms), {}));
        CHECK(keeps_what_is_computed(weights_as_rows(rows, columns, terms),
                                     {.vector_bytes = 16, .vector_registers = 16}));
      }
    }
  }
  int packed = 0;
  for (step const& s : lower::default_schedule(weights_as_rows(16, 64, 32), {}).steps)
    packed += s.what == action::cache;
  CHECK(packed == 1);
}

TEST_CASE("default_schedule: sums stay in registers") {
  schedule const made = lower::default_schedule(programs::matmul(48, 64, 8), {});
  bool vectors = false;
  for (step const& s : made.steps) vectors |= s.what == action::vectorize;
  CHECK(vectors);
}

}  // namespace
