#include <tenon/lower/slide_window.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/stencils.hpp>

#include <tenon/lower/compute_at.hpp>
#include <tenon/lower/store_at.hpp>
#include <tenon/schedule/compute_at.hpp>
#include <tenon/schedule/slide.hpp>
#include <tenon/schedule/store_at.hpp>

using namespace tenon;

namespace {

constexpr tensor_name bx{"bx"};

constexpr ir::program stored(ir::program const& p, char const* at) {
  return lower::store_at(lower::compute_at(p, compute_at(bx, loop("by", at))), store_root(bx));
}

/// How often the first stage reads its input.
constexpr int reads(ir::program const& p) {
  int count = 0;
  int runs[64]{1};
  int depth = 0;
  auto const walk = [&](auto const& self, ir::node_id id) -> void {
    if (id == ir::node_id::none) return;
    ir::node const& n = p[id];
    switch (n.what) {
      case ir::op::loop:
        runs[depth + 1] = runs[depth] * static_cast<int>(p[p[n.axis()].extent].value);
        ++depth;
        self(self, n.a);
        --depth;
        break;
      case ir::op::store: count += p[p[n.access()].of].name == label{"bx"} ? runs[depth] : 0; break;
      default: self(self, n.a); self(self, n.b);
    }
  };
  walk(walk, p.root);
  return count;
}

constexpr bool computes_each_row_once() {
  ir::program const p = stored(programs::blur(3, 4), "y");
  ir::program const slid = lower::slide_window(p, slide(bx));
  return reads(p) == 3 * 3 * 4 && reads(slid) == 5 * 4 && programs::same_outputs(slid, programs::blur(3, 4));
}

constexpr bool slides_along_the_inner_loop() {
  programs::stencil s{.rows = 2, .columns = 4, .taps = 2};
  s.down[1] = 0;
  s.across[1] = 2;
  ir::program const slid = lower::slide_window(stored(s.program(), "x"), slide(bx));
  return !slid.refused && reads(slid) == 2 * 6 && programs::same_outputs(slid, s.program());
}

constexpr bool takes_reductions_along() {
  programs::stencil s{.rows = 4, .columns = 2, .step = 2, .taps = 2};
  s.down[1] = 2;
  s.first_sums = true;
  ir::program const slid = lower::slide_window(stored(s.program(), "y"), slide(bx));
  return !slid.refused && programs::same_outputs(slid, s.program());
}

}  // namespace

TEST_CASE("slide_window") {
  CHECK_BOTH(computes_each_row_once());
  CHECK_BOTH(slides_along_the_inner_loop());
  CHECK_BOTH(takes_reductions_along());
}

TEST_CASE("slide_window refuses") {
  auto const refusal = [](ir::program const& p) { return lower::slide_window(p, slide(bx)).refused.sentence; };
  CHECK(refusal(programs::blur(3, 4)) ==
        "slide(bx): bx is not computed at a loop; say compute_at(bx, ...) and store_at first");
  CHECK(refusal(lower::compute_at(programs::blur(3, 4), compute_at(bx, loop("by", "y")))) ==
        "slide(bx): bx lives for one turn of y only; say store_at(bx, ...) with a loop further out, or store_root(bx)");
  ir::program marked = stored(programs::blur(3, 4), "y");
  marked[ir::axis_id{3}].kind = ir::loop_kind::parallel;
  CHECK(refusal(marked) == "slide(bx): the turns of y do not come one after another, and each needs what the one "
                           "before it made; mark a loop "
                           "further out");
  CHECK(refusal(stored(programs::blur(3, 4), "x")) == "slide(bx): each turn of x reads 1 along dimension 1 of bx and "
                                                      "goes on by 1, so no two turns share any; leave slide out");
}
