#include <tenon/lower/rfactor_reduction.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/rfactor.hpp>
#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i"), k = loop("k");

constexpr bool turns_have_sums_of_their_own() {
  ir::program p = lower::split_loop(programs::dense_relu(2, 3, 6), split(k, 2));
  p = lower::rfactor_reduction(p, rfactor(k.inner));
  ir::buffer const& own = p.buffers.back();
  return own.name == label{"y.sum.rf"} && own.rank == 1 && ir::is_constant(p, own.extents[0], 2) &&
         programs::same_outputs(p, programs::dense_relu(2, 3, 6));
}

constexpr bool tails_add_nothing() {
  ir::program p = lower::split_loop(programs::matmul(2, 3, 7), split(k, 4, tail::guard));
  p = lower::rfactor_reduction(p, rfactor(k.inner));
  return programs::same_outputs(p, programs::matmul(2, 3, 7));
}

constexpr bool the_outer_loop_may_be_factored() {
  ir::program p = lower::split_loop(programs::matmul(2, 3, 6), split(k, 2));
  p = lower::rfactor_reduction(p, rfactor(k.outer));
  return programs::same_outputs(p, programs::matmul(2, 3, 6));
}

constexpr bool several_values_are_combined_together() {
  ir::program p = lower::split_loop(programs::row_argmax(3, 8), split(k, 4));
  p = lower::rfactor_reduction(p, rfactor(k.inner));
  return !p.refused && programs::same_outputs(p, programs::row_argmax(3, 8));
}

text refusal_of(ir::program const& p, step const& s) { return lower::rfactor_reduction(p, s).refused.sentence; }

}  // namespace

TEST_CASE("rfactor_reduction") {
  CHECK_BOTH(turns_have_sums_of_their_own());
  CHECK_BOTH(tails_add_nothing());
  CHECK_BOTH(the_outer_loop_may_be_factored());
  CHECK_BOTH(several_values_are_combined_together());
}

TEST_CASE("rfactor_reduction refuses") {
  CHECK(refusal_of(programs::matmul(2, 3, 6), rfactor(i)) ==
        "rfactor(i): i does not run over terms of a reduction; name a loop that does");
  programs::maker m{};
  auto const n = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "N"}));
  auto const x = m.tensor("x", element::f32, ir::role::input, {n});
  auto const y = m.output("y", {});
  auto const a = m.axis(y, "k", n);
  m.stage(y, {}, m.sum(y, {a}, m.load(x, {m.at(a)})));
  CHECK(refusal_of(m.done(), rfactor(k)) == "rfactor(k): how often k runs is known only at run time, and each turn "
                                            "needs a sum; split(k, ...) and factor k.inner");
}
