#include <tenon/lower/extent.hpp>

#include <support/both.hpp>

#include <tenon/ir/build.hpp>

using namespace tenon;

namespace {

constexpr bool knows_divisors() {
  ir::program p{};
  ir::node_id const rows = ir::add_parameter(p, p.add(ir::parameter{.name = "M", .divisor = 12}));
  ir::node_id const tiles = ir::add_index(p, ir::op::floor_div, rows, 4);
  ir::node_id const more = ir::add_index(p, ir::op::add, rows, 8);
  return lower::known_divisor(p, rows) == 12 && lower::known_divisor(p, tiles) == 3 &&
         lower::known_divisor(p, more) == 4 && lower::known_divisor(p, ir::add_index(p, ir::op::mul, rows, 2)) == 24 &&
         lower::divides(p, 6, rows) && !lower::divides(p, 8, rows) &&
         lower::known_divisor(p, ir::add_index(p, ir::op::floor_mod, rows, 5)) == 1;
}

constexpr bool writes_extents() {
  ir::program p{};
  ir::node_id const rows = ir::add_parameter(p, p.add(ir::parameter{.name = "M"}));
  return lower::written_extent(p, rows) == "M" && lower::written_extent(p, ir::add_index(p, 256)) == "256" &&
         lower::written_extent(p, ir::add_index(p, ir::op::floor_div, rows, 4)) == "a run-time number of";
}

}  // namespace

TEST_CASE("extent") {
  CHECK_BOTH(knows_divisors());
  CHECK_BOTH(writes_extents());
}
