#include <tenon/lower/carry_reduction.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/mark_loop.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/carry.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/split.hpp>
#include <tenon/schedule/vectorize.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i"), j = loop("j"), k = loop("k");

constexpr ir::program carried(ir::program p, loop_name around, tail policy = tail::exact) {
  p = lower::split_loop(p, split(k, 3));
  p = lower::split_loop(p, split(j, 4, policy));
  return lower::carry_reduction(p, carry(k.outer, around));
}

constexpr bool partial_sums_rest_in_the_output() {
  ir::program const p = carried(programs::matmul(3, 8, 6), i);
  return p[p[p.root].axis()].name == label{"k.outer"} && programs::same_outputs(p, programs::matmul(3, 8, 6));
}

constexpr bool only_the_last_turn_finishes() {
  return programs::same_outputs(carried(programs::dense_relu(3, 8, 6), j.outer), programs::dense_relu(3, 8, 6));
}

constexpr bool tails_stay_guarded() {
  return programs::same_outputs(carried(programs::dense_relu(3, 6, 9), i, tail::guard), programs::dense_relu(3, 6, 9));
}

constexpr bool run_time_extents_are_carried() {
  ir::program const p = carried(programs::matmul_of_rows(0, 8, 6), i);
  return programs::same_outputs(p, programs::matmul_of_rows(0, 8, 6), {5});
}

/// y(i) = half(sum(k, x(i, k))): the sum is a float.
constexpr ir::program half_sums(int rows, int depth) {
  programs::maker m{};
  auto const x = m.input("x", {rows, depth});
  auto const y = m.tensor("y", element::f16, ir::role::output, {rows});
  auto const a = m.axis(y, "i", rows);
  auto const b = m.axis(y, "k", depth);
  m.stage(y, {a}, m.sum(y, {b}, m.load(x, {m.at(a), m.at(b)})));
  return m.done();
}

constexpr bool a_narrow_output_gets_a_place_for_partial_sums() {
  ir::program p = lower::split_loop(half_sums(5, 6), split(k, 2));
  p = lower::split_loop(p, split(i, 2, tail::guard));
  p = lower::carry_reduction(p, carry(k.outer, i.outer));
  ir::buffer const& made = p.buffers.back();
  return made.name == label{"y.partial"} && made.type == element::f32 && programs::same_outputs(p, half_sums(5, 6));
}

/// t(i, j) = sum(k, x(i, j, k)); y(i, j) = -t(i, j)
constexpr ir::program negated_sums(element of_t) {
  programs::maker m{};
  auto const x = m.input("x", {2, 5, 3});
  auto const y = m.tensor("y", of_t, ir::role::output, {2, 5});
  auto const t = m.tensor("t", of_t, ir::role::temporary, {2, 5});
  auto const a = m.axis(t, "i", 2), b = m.axis(t, "j", 5), c = m.axis(t, "k", 3);
  m.stage(t, {a, b}, ir::add_cast(m.p, of_t, m.sum(t, {c}, m.load(x, {m.at(a), m.at(b), m.at(c)}))));
  auto const d = m.axis(y, "i", 2), e = m.axis(y, "j", 5);
  m.stage(y, {d, e}, ir::add_unary(m.p, ir::op::negate, m.load(t, {m.at(d), m.at(e)})));
  return m.done();
}
constexpr bool nothing_is_summed_behind_a_padded_end(element of_t) {
  auto const rows = loop("t", "i"), columns = loop("t", "j");
  ir::program const plain = negated_sums(of_t);
  ir::program p = lower::reorder_loops(plain, reorder(rows, k, columns));
  p = lower::split_loop(p, split(columns, 4, tail::pad));
  p = lower::carry_reduction(p, carry(k, rows));
  return !p.refused && programs::same_outputs(p, plain);
}

constexpr bool carries_twice() {
  ir::program p = lower::split_loop(programs::dense_relu(3, 4, 12), split(k, 2));
  p = lower::split_loop(p, split(k.outer, 3));
  p = lower::carry_reduction(p, carry(k.outer.outer, i));
  p = lower::carry_reduction(p, carry(k.outer.inner, j));
  return !p.refused && programs::same_outputs(p, programs::dense_relu(3, 4, 12));
}

text refusal_of(ir::program const& p, step const& s) { return lower::carry_reduction(p, s).refused.sentence; }

}  // namespace

TEST_CASE("carry_reduction") {
  CHECK_BOTH(partial_sums_rest_in_the_output());
  CHECK_BOTH(only_the_last_turn_finishes());
  CHECK_BOTH(tails_stay_guarded());
  CHECK_BOTH(run_time_extents_are_carried());
  CHECK_BOTH(a_narrow_output_gets_a_place_for_partial_sums());
  CHECK_BOTH(nothing_is_summed_behind_a_padded_end(element::f32));
  CHECK_BOTH(nothing_is_summed_behind_a_padded_end(element::f16));
  CHECK_BOTH(carries_twice());
}

TEST_CASE("carry_reduction refuses") {
  ir::program const plain = programs::matmul(3, 8, 6);
  CHECK(refusal_of(lower::mark_loop(plain, vectorize(k)), carry(k, i)) ==
        "carry(k, i): k is vectorized, and its turns would have to follow one another; carry a serial loop");
  CHECK(lower::mark_loop(lower::carry_reduction(plain, carry(k, i)), vectorize(k)).refused.sentence ==
        "vectorize(k): each turn of k goes on with what the one before left; vectorize a loop of y's own");
  ir::program const p = lower::split_loop(programs::matmul(3, 8, 6), split(k, 3));
  CHECK(refusal_of(p, carry(k, i)) == "carry(k, i): no loop is called k; the loops are i, j, k.outer, k.inner");
  CHECK(refusal_of(p, carry(j, i)) ==
        "carry(j, i): j runs over elements; say carry(a loop over terms, a loop over elements)");
  CHECK(refusal_of(p, carry(k.inner, k.outer)) == "carry(k.inner, k.outer): k.outer runs over terms of a reduction; "
                                                  "say carry(a loop over terms, a loop over elements)");
  CHECK(refusal_of(p, carry(k.inner, i)) ==
        "carry(k.inner, i): k.inner is not the outermost loop over terms; that is k.outer");
  CHECK(refusal_of(programs::row_argmax(3, 4), carry(k, i)) ==
        "carry(k, i): several reductions are computed together there; compute each in a stage of its own");
  ir::program const shifted = lower::split_loop(programs::matmul(3, 6, 4), split(j, 4, tail::shift));
  CHECK(refusal_of(shifted, carry(k, j.outer)) ==
        "carry(k, j.outer): tail::shift computes some elements of y twice, and their sums would be added up; "
        "split with tail::guard");
}
