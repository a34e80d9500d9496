#include <doctest/doctest.h>

#include <tenon/lower/compute_at.hpp>
#include <tenon/schedule/compute_at.hpp>

#include "support/both.hpp"
#include "support/programs.hpp"

using namespace tenon;

namespace {

constexpr loop_name of_by(char const* loop) { return {.stage = "by", .loop = loop}; }

constexpr ir::program blur_at(char const* loop) {
  return lower::compute_at(programs::blur(3, 4), compute_at(tensor_name{"bx"}, of_by(loop)));
}

constexpr bool keeps_what_is_computed(char const* loop) {
  ir::program const p = blur_at(loop);
  return !p.refused && programs::same_outputs(p, programs::blur(3, 4));
}

constexpr bool keeps_only_what_one_turn_reads() {
  ir::program const rows = blur_at("y");
  ir::program const points = blur_at("x");
  ir::buffer const& row = rows[lower::find_buffer(rows, {"bx"})];
  ir::buffer const& point = points[lower::find_buffer(points, {"bx"})];
  return rows[row.extents[0]].value == 3 && rows[row.extents[1]].value == 4 &&  //
         points[point.extents[0]].value == 3 && points[point.extents[1]].value == 1;
}

TEST_CASE("compute_at") {
  CHECK_BOTH(keeps_what_is_computed("y"));
  CHECK_BOTH(keeps_what_is_computed("x"));
  CHECK_BOTH(keeps_only_what_one_turn_reads());
}

}  // namespace
