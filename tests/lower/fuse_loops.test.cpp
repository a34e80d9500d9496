#include <tenon/lower/fuse_loops.hpp>

#include <string_view>

#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/fuse.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i");
constexpr auto j = loop("j");
constexpr auto k = loop("k");

constexpr bool makes_one_loop() {
  ir::program const p = lower::fuse_loops(programs::transposed(3, 4), fuse(i, j));
  ir::axis const& both = p[p[p.root].axis()];
  return both.name == label{"i.j"} && ir::is_constant(p, both.extent, 12) && p[p[p.root].a].what == ir::op::store &&
         programs::same_outputs(programs::transposed(3, 4), p);
}
constexpr bool fuses_what_was_split() {
  ir::program const plain = programs::matmul(4, 3, 5);
  ir::program p = lower::split_loop(plain, split(i, 2));
  p = lower::fuse_loops(p, fuse(i.outer, i.inner));
  return !p.refused && programs::same_outputs(plain, p);
}
constexpr bool fuses_each_copy() {
  ir::program const plain = programs::transposed(5, 4);
  ir::program p = lower::split_loop(plain, split(i, 2, tail::peel));
  p = lower::fuse_loops(p, fuse(i.inner, j));
  return !p.refused && programs::same_outputs(plain, p);
}
constexpr bool fuses_distributed_loops() {
  ir::program const plain = programs::dense_relu(4, 6, 5);
  ir::program p = lower::reorder_loops(plain, reorder(k, i, j));
  p = lower::fuse_loops(p, fuse(i, j));
  return !p.refused && programs::same_outputs(plain, p);
}
constexpr bool fuses_run_time_extents(int rows) {
  ir::program const plain = programs::matmul_of_rows(8, 3, 2);
  ir::program const p = lower::fuse_loops(plain, fuse(i, j));
  return !p.refused && programs::same_outputs(plain, p, {rows});
}

std::string_view sentence(ir::program const& p) { return p.refused.sentence; }

}  // namespace

TEST_CASE("fuse_loops") {
  CHECK_BOTH(makes_one_loop());
  CHECK_BOTH(fuses_what_was_split());
  CHECK_BOTH(fuses_each_copy());
  CHECK_BOTH(fuses_distributed_loops());
  CHECK_BOTH(fuses_run_time_extents(5));
}

TEST_CASE("fuse_loops refuses") {
  ir::program p = programs::matmul(4, 4, 4);
  CHECK(sentence(lower::fuse_loops(p, fuse(j, k))) == "fuse(j, k): k does not stand directly inside j, with nothing "
                                                      "between them; reorder first, and fuse before what puts "
                                                      "other statements there");
  CHECK(sentence(lower::fuse_loops(p, fuse(j, i))) == "fuse(j, i): i does not stand directly inside j, with nothing "
                                                      "between them; reorder first, and fuse before what puts "
                                                      "other statements there");
  p[ir::axis_id{1}].kind = ir::loop_kind::parallel;
  CHECK(sentence(lower::fuse_loops(p, fuse(i, j))) ==
        "fuse(i, j): an earlier step says how i runs; fuse first, then mark i.j");
  ir::program mixed = programs::transposed(3, 4);
  mixed[ir::axis_id{2}].reduces = true;
  CHECK(sentence(lower::fuse_loops(mixed, fuse(i, j))) ==
        "fuse(i, j): j runs over terms of a reduction, and i over elements of y; fuse two of one sort");
}
