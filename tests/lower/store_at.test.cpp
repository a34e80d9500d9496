#include <tenon/lower/store_at.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/compute_at.hpp>
#include <tenon/schedule/compute_at.hpp>
#include <tenon/schedule/store_at.hpp>

using namespace tenon;

namespace {

constexpr tensor_name bx{"bx"};

constexpr ir::program blur_at(char const* at) {
  return lower::compute_at(programs::blur(3, 4), compute_at(bx, loop("by", at)));
}

constexpr bool grows_to_what_all_turns_read(char const* at, step const& s, int rows, int columns) {
  ir::program const p = lower::store_at(blur_at(at), s);
  ir::buffer const& b = p[lower::find_buffer(p, bx)];
  return !p.refused && ir::is_constant(p, b.extents[0], rows) && ir::is_constant(p, b.extents[1], columns) &&
         programs::same_outputs(p, programs::blur(3, 4));
}

}  // namespace

TEST_CASE("store_at") {
  CHECK_BOTH(grows_to_what_all_turns_read("y", store_root(bx), 5, 4));
  CHECK_BOTH(grows_to_what_all_turns_read("x", store_root(bx), 5, 4));
  CHECK_BOTH(grows_to_what_all_turns_read("x", store_at(bx, loop("by", "y")), 3, 4));
  CHECK_BOTH(grows_to_what_all_turns_read("x", store_at(bx, loop("by", "x")), 3, 1));
}

TEST_CASE("store_at refuses") {
  CHECK(lower::store_at(programs::blur(3, 4), store_root(bx)).refused.sentence ==
        "store_root(bx): bx is not computed at a loop, so it lives outside of all loops anyway; say compute_at(bx, "
        "...) first");
  CHECK(lower::store_at(blur_at("y"), store_at(bx, loop("by", "x"))).refused.sentence ==
        "store_at(bx, by[x]): bx is computed outside of by[x]; name a loop around the one that computes it");
  ir::program threads = blur_at("x");
  threads[ir::axis_id{3}].kind = ir::loop_kind::parallel;
  CHECK(lower::store_at(threads, store_root(bx)).refused.sentence ==
        "store_root(bx): the turns of y are carried out at the same time, and all would write the same bx; keep it "
        "inside of y");
  CHECK(lower::store_at(blur_at("y"), store_root(tensor_name{"b"})).refused.sentence ==
        "store_root(b): no tensor is called b; the tensors are in, by, bx");
}
