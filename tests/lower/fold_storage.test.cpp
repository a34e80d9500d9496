#include <tenon/lower/fold_storage.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/compute_at.hpp>
#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/slide_window.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/lower/store_at.hpp>
#include <tenon/schedule/compute_at.hpp>
#include <tenon/schedule/fold_storage.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/slide.hpp>
#include <tenon/schedule/split.hpp>
#include <tenon/schedule/store_at.hpp>

using namespace tenon;

namespace {

constexpr tensor_name bx{"bx"};

constexpr ir::program slid() {
  ir::program const p = lower::compute_at(programs::blur(6, 2), compute_at(bx, loop("by", "y")));
  return lower::slide_window(lower::store_at(p, store_root(bx)), slide(bx));
}

constexpr bool keeps_every_row_while_it_is_read() {
  ir::program const p = lower::fold_storage(slid(), fold_storage(bx, 0, 4));
  ir::buffer const& b = p[lower::find_buffer(p, bx)];
  return !p.refused && ir::is_constant(p, b.extents[0], 4) && programs::same_outputs(p, programs::blur(6, 2));
}

/// Strips of columns, in each of which a window of rows slides down.
constexpr ir::program in_strips(int columns) {
  auto const x = loop("by", "x");
  ir::program p = lower::split_loop(programs::blur(5, columns), split(x, 3, tail::guard));
  p = lower::reorder_loops(p, reorder(x.outer, loop("by", "y"), x.inner));
  p = lower::compute_at(p, compute_at(bx, loop("by", "y")));
  p = lower::store_at(p, store_at(bx, x.outer));
  return lower::fold_storage(lower::slide_window(p, slide(bx)), fold_storage(bx, 0, 4));
}

constexpr bool keeps_strips(int columns) {
  ir::program const p = in_strips(columns);
  ir::buffer const& b = p[lower::find_buffer(p, bx)];
  return !p.refused && ir::is_constant(p, b.extents[0], 4) && ir::is_constant(p, b.extents[1], 3) &&
         programs::same_outputs(p, programs::blur(5, columns));
}

}  // namespace

TEST_CASE("fold_storage") {
  CHECK_BOTH(keeps_every_row_while_it_is_read());
  CHECK_BOTH(keeps_strips(6));
  CHECK_BOTH(keeps_strips(7));
}

TEST_CASE("fold_storage refuses") {
  auto const refusal = [](step const& s) { return lower::fold_storage(slid(), s).refused.sentence; };
  CHECK(refusal(fold_storage(bx, 2, 4)) ==
        "fold_storage(bx, 2, 4): bx has 2 dimensions, counted from 0; there is no dimension 2");
  CHECK(refusal(fold_storage(bx, 0, 3)) == "fold_storage(bx, 0, 3): 3 is not a power of two; take 4");
  CHECK(refusal(fold_storage(bx, 0, 2)) == "fold_storage(bx, 0, 2): one turn of y needs 3 along dimension 0; take 4");
  CHECK(refusal(fold_storage(tensor_name{"by"}, 0, 2)) ==
        "fold_storage(by, 0, 2): by belongs to the caller; only what lies between stages can be folded");
  CHECK(lower::fold_storage(programs::blur(3, 4), fold_storage(bx, 0, 4)).refused.sentence ==
        "fold_storage(bx, 0, 4): all of bx is made before any of it is read; compute it at a loop and store it further "
        "out first");
  ir::program const folded = lower::fold_storage(slid(), fold_storage(bx, 0, 4));
  CHECK(lower::store_at(folded, store_root(bx)).refused.sentence ==
        "store_root(bx): dimension 0 of bx was folded before; say store_at first, then fold_storage");
}
