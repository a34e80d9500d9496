#include <tenon/lower/find_loops.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/schedule/unroll.hpp>

using namespace tenon;

namespace {

constexpr bool loops_are_found_by_name_and_stage() {
  ir::program const p = programs::blur(3, 4);
  loop_name const y = loop("by", "y");
  lower::named_loops const found = lower::find_loops(p, unroll(y), y);
  return found.loops.size() == 1 && p[found.loops[0]].axis() == found.axis && p[found.axis].name == label{"y"};
}

}  // namespace

TEST_CASE("find_loops") {
  CHECK_BOTH(loops_are_found_by_name_and_stage());
  CHECK(lower::find_loops(programs::blur(3, 4), unroll(loop("z")), loop("z")).refused.sentence ==
        "unroll(z): no loop is called z; the loops are y, x");
}
