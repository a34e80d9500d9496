#include <tenon/lower/peel_loop.hpp>

#include <string_view>

#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/peel.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i");
constexpr auto j = loop("j");
constexpr auto k = loop("k");

/// Stores that have a condition, in this statement.
constexpr int conditions(ir::program const& p, ir::node_id under) {
  int count = 0;
  ir::each_statement(p, under,
                     [&](ir::node_id n) { count += p[n].what == ir::op::store && p[n].b != ir::node_id::none; });
  return count;
}

constexpr bool keeps_the_meaning(int n, int last) {
  ir::program const p = lower::peel_loop(programs::copy(n), peel(i, last));
  return !p.refused && p[p.root].what == ir::op::block && programs::same_outputs(programs::copy(n), p);
}
constexpr bool drops_the_guard_of_the_main_part() {
  ir::program const plain = programs::matmul(10, 2, 2);
  ir::program const p = lower::peel_loop(lower::split_loop(plain, split(i, 4, tail::guard)), peel(i.outer));
  return conditions(p, p[p.root].a) == 0 && conditions(p, p[p.root].b) > 0 && programs::same_outputs(plain, p);
}
constexpr bool drops_the_guard_at_run_time(int rows) {
  ir::program const plain = programs::matmul_of_rows(16, 2, 2);
  ir::program const p = lower::peel_loop(lower::split_loop(plain, split(i, 4, tail::guard)), peel(i.outer));
  return conditions(p, p[p.root].a) == 0 && conditions(p, p[p.root].b) > 0 && programs::same_outputs(plain, p, {rows});
}
constexpr bool peels_what_was_distributed() {
  ir::program const plain = programs::dense_relu(4, 6, 5);
  ir::program p = lower::split_loop(plain, split(j, 3));
  p = lower::reorder_loops(p, reorder(i, j.outer, k, j.inner));
  p = lower::peel_loop(p, peel(j.inner));
  return !p.refused && programs::same_outputs(plain, p);
}

std::string_view sentence(ir::program const& p) { return p.refused.sentence; }

}  // namespace

TEST_CASE("peel_loop") {
  CHECK_BOTH(keeps_the_meaning(6, 1));
  CHECK_BOTH(keeps_the_meaning(6, 4));
  CHECK_BOTH(drops_the_guard_of_the_main_part());
  CHECK_BOTH(drops_the_guard_at_run_time(10));
  CHECK_BOTH(peels_what_was_distributed());
  for (int rows = 0; rows < 14; ++rows) CHECK(drops_the_guard_at_run_time(rows));
}

TEST_CASE("peel_loop refuses") {
  CHECK(sentence(lower::peel_loop(programs::copy(3), peel(i, 3))) ==
        "peel(i, 3): i runs 3 times, and none would be left; peel fewer");
  CHECK(sentence(lower::peel_loop(programs::copy(3), peel(i, 0))) ==
        "peel(i, 0): 0 iterations are none; peel at least 1");
}
