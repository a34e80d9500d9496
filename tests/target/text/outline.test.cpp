#include <doctest/doctest.h>

#include <support/programs.hpp>

#include <tenon/target/text/outline.hpp>

using namespace tenon;

TEST_CASE("an outline keeps what stands in what") {
  auto const all = show::outline(programs::dense_relu(2, 3, 4));
  REQUIRE(all.size() == 1);
  CHECK(all[0].what == ir::op::loop);
  CHECK(all[0].words == "for i in 0..2");
  auto const& allocation = all[0].inside.at(0).inside.at(0);
  CHECK(allocation.what == ir::op::allocate);
  CHECK(allocation.inside.size() == 3);
  CHECK(allocation.inside[1].words == "for k in 0..4");
}

TEST_CASE("a barrier is a line of its own") {
  ir::program p = programs::copy(4);
  ir::node_id const barrier = p.add(ir::node{.what = ir::op::barrier});
  p.root = ir::add_block(p, barrier, p.root);
  CHECK(show::outline(p).at(0).words == "barrier");
}

TEST_CASE("a shape says what is padded") {
  ir::program p = programs::transposed(3, 5);
  p[ir::buffer_id{1}].padding[1] = 3;
  CHECK(show::shape_of(show::speller{p}, p[ir::buffer_id{1}]) == "[5, 3+3]");
  CHECK(show::shape_of(show::speller{p}, ir::buffer{}) == "");
}

TEST_CASE("a padded, streamed and placed buffer says so where it is used") {
  ir::program p = programs::blur(2, 4);
  p[ir::buffer_id{2}].streaming = true;
  p[ir::buffer_id{3}].where = ir::memory::workspace;
  auto const all = show::outline(p);
  CHECK(all.at(0).words == "allocate bx[4, 4] float in workspace");
  CHECK(all[0].inside.at(1).inside.at(0).inside.at(0).note == "streamed");
}
