#include <tenon/lower/split_loop.hpp>

#include <string_view>

#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

constexpr ir::program split_copy(int n, step const& s) { return lower::split_loop(programs::copy(n), s); }

constexpr bool keeps_the_meaning(int n, step const& s) {
  ir::program const p = split_copy(n, s);
  return !p.refused && programs::same_outputs(programs::copy(n), p);
}

constexpr bool makes_two_axes() {
  ir::program const p = split_copy(12, split(loop("i"), 4));
  ir::node const& outer = p[p.root];
  ir::node const& inner = p[outer.a];
  return p[outer.axis()].name == label{"i.outer"} && ir::is_constant(p, p[outer.axis()].extent, 3) &&
         p[inner.axis()].name == label{"i.inner"} && ir::is_constant(p, p[inner.axis()].extent, 4);
}

constexpr int conditions(ir::program const& p) {
  int count = 0;
  ir::each_statement(p, p.root,
                     [&](ir::node_id n) { count += p[n].what == ir::op::store && p[n].b != ir::node_id::none; });
  return count;
}

constexpr bool splits_what_it_split() {
  ir::program p = programs::dense_relu(6, 4, 8);
  p = lower::split_loop(p, split(loop("k"), 4));
  p = lower::split_loop(p, split(loop("k.inner"), parts(2)));
  p = lower::split_loop(p, split(loop("i"), 4, tail::guard));
  p = lower::split_loop(p, split(loop("i.inner"), 2));
  return !p.refused && programs::same_outputs(programs::dense_relu(6, 4, 8), p);
}

constexpr bool guards_only_what_needs_it() {
  return conditions(split_copy(12, split(loop("i"), 4, tail::guard))) == 0 &&
         conditions(split_copy(13, split(loop("i"), 4, tail::guard))) == 1 &&
         conditions(split_copy(13, split(loop("i"), 4, tail::peel))) == 0;
}

constexpr bool peels_what_is_left_over() {
  ir::program const p = split_copy(13, split(loop("i"), 4, tail::peel));
  ir::node const& both = p[p.root];
  ir::node const& rest = p[p[both.b].a];
  return both.what == ir::op::block && p[rest.axis()].name == label{"i.inner"} &&
         ir::is_constant(p, p[rest.axis()].extent, 1);
}

constexpr bool keeps_run_time_extents(tail policy, int rows, int divisor) {
  ir::program const plain = programs::matmul_of_rows(16, 2, 3, divisor);
  ir::program const p = lower::split_loop(plain, split(loop("i"), 4, policy));
  return !p.refused && programs::same_outputs(plain, p, {rows});
}

constexpr bool keeps_run_time_parts(int rows) {
  ir::program const plain = programs::matmul_of_rows(16, 2, 3);
  ir::program const p = lower::split_loop(plain, split(loop("i"), parts(3), tail::guard));
  return !p.refused && programs::same_outputs(plain, p, {rows});
}

constexpr bool pads_temporaries() {
  ir::program const plain = programs::blur(5, 3);
  ir::program const p = lower::split_loop(plain, split(loop("bx", "y"), 4, tail::pad));
  ir::buffer const& bx = p[ir::buffer_id{3}];
  return !p.refused && ir::is_constant(p, bx.extents[0], 8) && conditions(p) == 0 && programs::same_outputs(plain, p);
}

std::string_view sentence(ir::program const& p) { return p.refused.sentence; }

}  // namespace

TEST_CASE("split_loop") {
  CHECK_BOTH(makes_two_axes());
  CHECK_BOTH(keeps_the_meaning(12, split(loop("i"), 4)));
  CHECK_BOTH(keeps_the_meaning(13, split(loop("i"), 4, tail::guard)));
  CHECK_BOTH(keeps_the_meaning(13, split(loop("i"), 4, tail::mask)));
  CHECK_BOTH(keeps_the_meaning(13, split(loop("i"), 4, tail::peel)));
  CHECK_BOTH(keeps_the_meaning(13, split(loop("i"), 4, tail::shift)));
  CHECK_BOTH(keeps_the_meaning(13, split(loop("i"), 4, tail::pad)));
  CHECK_BOTH(keeps_the_meaning(3, split(loop("i"), 4, tail::peel)));
  CHECK_BOTH(keeps_the_meaning(13, split(loop("i"), parts(4), tail::guard)));
  CHECK_BOTH(keeps_the_meaning(5, split(loop("i"), parts(8), tail::guard)));
  CHECK_BOTH(splits_what_it_split());
  CHECK_BOTH(guards_only_what_needs_it());
  CHECK_BOTH(peels_what_is_left_over());
  CHECK_BOTH(pads_temporaries());
}

TEST_CASE("split_loop at run-time extents") {
  for (tail policy : {tail::guard, tail::mask, tail::peel, tail::pad}) {
    for (int rows = 1; rows < 11; ++rows) CHECK(keeps_run_time_extents(policy, rows, 1));
  }
  CHECK_BOTH(keeps_run_time_extents(tail::exact, 8, 4));
  CHECK_BOTH(keeps_run_time_extents(tail::peel, 7, 1));
  for (int rows = 1; rows < 11; ++rows) CHECK(keeps_run_time_parts(rows));
}

TEST_CASE("split_loop refuses") {
  CHECK(
      sentence(split_copy(256, split(loop("i"), 48))) ==
      "split(i, 48): i runs 256 times, and 48 does not divide 256; take a factor that divides it, or say what happens "
      "to the rest: split(i, 48, tail::guard)");
  CHECK(sentence(split_copy(256, split(loop("i"), 0))) == "split(i, 0): a loop cannot be cut into 0; take at least 1");
  CHECK(sentence(split_copy(256, split(loop("m"), 4))) == "split(m, 4): no loop is called m; the loops are i");
  CHECK(sentence(split_copy(3, split(loop("i"), 4, tail::shift))) ==
        "split(i, 4, tail::shift): i runs 3 times, less than one tile; take a factor of at most 3");
  CHECK(sentence(lower::split_loop(programs::matmul_of_rows(16, 2, 3), split(loop("i"), 4))) ==
        "split(i, 4): i runs M times, and nothing says that 4 divides that; take a factor that divides it, or say what "
        "happens to the rest: split(i, 4, tail::guard)");
  CHECK(sentence(lower::split_loop(programs::matmul(4, 4, 5), split(loop("k"), 4, tail::shift))) ==
        "split(k, 4, tail::shift): terms of a reduction would be added twice; use split(k, 4, tail::guard)");
  ir::program marked = programs::copy(12);
  marked[ir::axis_id{1}].kind = ir::loop_kind::vectorized;
  CHECK(sentence(lower::split_loop(marked, split(loop("i"), 4))) ==
        "split(i, 4): an earlier step says how i runs; split first, then mark i.outer or i.inner");
}
