#include <tenon/lower/restrict_axis.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

using namespace tenon;

namespace {

constexpr ir::axis_id i{1};

constexpr bool the_loop_runs_over_the_part_only() {
  ir::program p = programs::copy(6);
  ir::node_id const condition =
      lower::restrict_axis(p, i, {.known = true, .low = {.constant = 2}, .excess = {.constant = 2}});
  ir::image const after = ir::evaluate(p, programs::filled(p));
  auto const& written = after.buffers[2].written;
  return condition == ir::node_id::none && after.fault.empty() && !written[1] && written[2] && written[4] &&
         !written[5];
}

constexpr bool what_may_leave_is_tested(int low, int excess) {
  ir::program p = programs::copy(6);
  ir::node_id const condition =
      lower::restrict_axis(p, i, {.known = true, .low = {.constant = low}, .excess = {.constant = excess}});
  return condition != ir::node_id::none;
}

}  // namespace

TEST_CASE("restrict_axis") {
  CHECK_BOTH(the_loop_runs_over_the_part_only());
  CHECK_BOTH(what_may_leave_is_tested(-1, 3));
  CHECK_BOTH(what_may_leave_is_tested(4, 2));
  CHECK_BOTH(!what_may_leave_is_tested(0, 5));
}
