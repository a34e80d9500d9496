#include <tenon/lower/decompose_reduction.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/decompose.hpp>
#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i"), j = loop("j"), k = loop("k");

constexpr bool the_start_stands_ahead_of_the_loop() {
  ir::program const p = lower::decompose_reduction(programs::dense_relu(3, 4, 2), decompose(k, i));
  bool const first =
      p[p.root].what == ir::op::allocate && p[p[p.root].buffer()].rank == 2 && p[p[p.root].a].what == ir::op::block;
  return first && programs::same_outputs(p, programs::dense_relu(3, 4, 2));
}

constexpr bool inner_loops_leave_outer_ones() {
  ir::program p = lower::split_loop(programs::dense_relu(3, 6, 4), split(j, 4, tail::guard));
  p = lower::split_loop(p, split(k, 2));
  p = lower::decompose_reduction(p, decompose(k.inner, j.inner));
  return !p.refused && programs::same_outputs(p, programs::dense_relu(3, 6, 4));
}

constexpr bool all_values_of_a_reduction_start_apart() {
  ir::program const p = lower::decompose_reduction(programs::row_argmax(4, 5), decompose(k, i));
  return !p.refused && programs::same_outputs(p, programs::row_argmax(4, 5));
}

text refusal_of(ir::program const& p, step const& s) { return lower::decompose_reduction(p, s).refused.sentence; }

}  // namespace

TEST_CASE("decompose_reduction") {
  CHECK_BOTH(the_start_stands_ahead_of_the_loop());
  CHECK_BOTH(inner_loops_leave_outer_ones());
  CHECK_BOTH(all_values_of_a_reduction_start_apart());
}

TEST_CASE("decompose_reduction refuses") {
  ir::program const p = programs::matmul(3, 4, 6);
  CHECK(refusal_of(p, decompose(i, j)) ==
        "decompose(i, j): i does not run over terms of a reduction; name a loop that does");
  CHECK(refusal_of(p, decompose(k, k)) ==
        "decompose(k, k): k runs over terms too; name a loop over elements around it");
  CHECK(refusal_of(programs::matmul_of_rows(0, 4, 6), decompose(k, i)) ==
        "decompose(k, i): how often i runs is known only at run time, and each turn needs a sum; split(i, ...) and "
        "name i.inner");
  CHECK(refusal_of(lower::decompose_reduction(p, decompose(k, j)), decompose(k, j)) ==
        "decompose(k, j): the sum over k starts apart already; nothing is left to decompose");
}
