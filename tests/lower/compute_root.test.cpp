#include <tenon/lower/compute_root.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/compute_at.hpp>
#include <tenon/schedule/compute_at.hpp>
#include <tenon/schedule/compute_root.hpp>

using namespace tenon;

namespace {

constexpr tensor_name bx{"bx"};

constexpr bool changes_nothing() {
  return lower::compute_root(programs::blur(3, 4), compute_root(bx)) == programs::blur(3, 4);
}

}  // namespace

TEST_CASE("compute_root") {
  CHECK_BOTH(changes_nothing());
  ir::program const placed = lower::compute_at(programs::blur(3, 4), compute_at(bx, loop("by", "y")));
  CHECK(lower::compute_root(placed, compute_root(bx)).refused.sentence ==
        "compute_root(bx): an earlier step computes bx in another loop; leave that step out");
  CHECK(lower::compute_root(placed, compute_root(tensor_name{"in"})).refused.sentence ==
        "compute_root(in): no stage computes in; leave this step out");
}
