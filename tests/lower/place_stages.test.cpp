#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include <tenon/lower/compute_at.hpp>
#include <tenon/lower/fold_storage.hpp>
#include <tenon/lower/inline_stage.hpp>
#include <tenon/lower/slide_window.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/lower/store_at.hpp>
#include <tenon/schedule/compute_at.hpp>
#include <tenon/schedule/compute_inline.hpp>
#include <tenon/schedule/fold_storage.hpp>
#include <tenon/schedule/slide.hpp>
#include <tenon/schedule/split.hpp>
#include <tenon/schedule/store_at.hpp>

#include "support/stencils.hpp"

using namespace tenon;

namespace {

constexpr tensor_name bx{"bx"};
constexpr loop_name of_by(char const* loop) { return {.stage = "by", .loop = loop}; }

/// The steps that a case takes, one after another; a refused one leaves the program as it was.
struct walk {
  ir::program p;
  ir::program staged;
  int granted = 0;
  text line{};

  bool take(ir::program (*pass)(ir::program, step const&), step const& s) {
    ir::program const next = pass(p, s);
    if (next.refused) return false;
    line << s << " ";
    p = next;
    ++granted;
    INFO(std::string(std::string_view(line)));
    CHECK(programs::same_outputs(p, staged));
    return true;
  }
};

TEST_CASE("placing a stage anywhere keeps what is computed") {
  int sliding = 0;
  int folded = 0;
  int placed = 0;
  for (unsigned seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    programs::dice d{seed * 7919u};
    walk w{programs::stencil::drawn(d).program(), {}};
    w.staged = w.p;
    bool const rows = d.once_in(3);
    bool const columns = d.once_in(3);
    if (rows) w.take(lower::split_loop, split(of_by("y"), 1 + d.below(4), d.once_in(2) ? tail::guard : tail::shift));
    if (columns) w.take(lower::split_loop, split(of_by("x"), 1 + d.below(3), tail::guard));
    if (d.once_in(8)) w.take(lower::inline_stage, compute_inline(bx));
    char const* const outer[]{"y", "y.outer"};
    char const* const inner[]{"y", "y.inner", "x", "x.outer", "r", "y.outer"};
    if (!w.take(lower::compute_at, compute_at(bx, of_by(inner[d.below(6)])))) continue;
    ++placed;
    if (d.once_in(4)) continue;
    if (!w.take(lower::store_at, d.once_in(2) ? store_root(bx) : store_at(bx, of_by(outer[d.below(2)])))) continue;
    if (w.take(lower::slide_window, slide(bx))) ++sliding;
    if (w.take(lower::fold_storage, fold_storage(bx, d.below(2), 1 << d.below(4)))) ++folded;
  }
  CHECK(placed > 100);
  CHECK(sliding > 20);
  CHECK(folded > 20);
  MESSAGE("placed " << placed << ", slid " << sliding << ", folded " << folded);
}

}  // namespace
