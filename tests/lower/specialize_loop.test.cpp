#include <tenon/lower/specialize_loop.hpp>

#include <string_view>

#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/specialize.hpp>
#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i");
constexpr auto j = loop("j");
constexpr auto k = loop("k");

constexpr bool keeps_the_meaning(int rows) {
  ir::program const plain = programs::matmul_of_rows(16, 2, 3);
  ir::program const p = lower::specialize_loop(plain, specialize("M", 4, 6));
  return !p.refused && programs::same_outputs(plain, p, {rows});
}
constexpr bool makes_the_extent_a_constant() {
  ir::program const p = lower::specialize_loop(programs::matmul_of_rows(16, 2, 3), specialize("M", 4));
  ir::node const& choice = p[p.root];
  return choice.what == ir::op::when && ir::is_constant(p, p[p[choice.b].axis()].extent, 4) &&
         p[p[p[choice.c].axis()].extent].what == ir::op::parameter;
}
constexpr bool leaves_both_to_later_steps(int rows) {
  ir::program const plain = programs::matmul_of_rows(16, 2, 3);
  ir::program p = lower::specialize_loop(plain, specialize("M", 6));
  p = lower::split_loop(p, split(i, 2, tail::guard));
  p = lower::reorder_loops(p, reorder(i.outer, j, k, i.inner));
  int conditions = 0;
  ir::each_statement(p, p[p.root].b,
                     [&](ir::node_id n) { conditions += p[n].what == ir::op::store && p[n].b != ir::node_id::none; });
  return !p.refused && conditions == 0 && programs::same_outputs(plain, p, {rows});
}

std::string_view sentence(ir::program const& p) { return p.refused.sentence; }

}  // namespace

TEST_CASE("specialize_loop") {
  CHECK_BOTH(keeps_the_meaning(4));
  CHECK_BOTH(keeps_the_meaning(5));
  CHECK_BOTH(keeps_the_meaning(6));
  CHECK_BOTH(makes_the_extent_a_constant());
  CHECK_BOTH(leaves_both_to_later_steps(6));
  CHECK_BOTH(leaves_both_to_later_steps(5));
}

TEST_CASE("specialize_loop refuses") {
  ir::program const p = programs::matmul_of_rows(16, 2, 3, 4);
  CHECK(sentence(lower::specialize_loop(p, specialize("N", 4))) ==
        "specialize(N, 4): no run-time extent is called N; there is M");
  CHECK(sentence(lower::specialize_loop(programs::copy(4), specialize("N", 4))) ==
        "specialize(N, 4): no run-time extent is called N; this operator has none, and needs no such step");
  CHECK(sentence(lower::specialize_loop(p, specialize("M", 6))) ==
        "specialize(M, 6): M is never 6, by what its declaration says; take a multiple of 4 up to 16");
}
