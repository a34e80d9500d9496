#include <tenon/language/index_range.hpp>

#include "support/both.hpp"

using namespace tenon;

namespace {

struct indices {
  ir::program p{};
  ir::node_id i = ir::node_id::none;
  ir::node_id m = ir::node_id::none;

  constexpr indices() {
    i = ir::add_counter(p, p.add(ir::axis{.name = "i", .extent = ir::add_index(p, 5)}));
    m = ir::add_counter(
        p, p.add(ir::axis{.name = "m", .extent = ir::add_parameter(p, p.add(ir::parameter{.name = "M"}))}));
  }
  constexpr ir::node_id make(ir::op what, ir::node_id a, int b) { return ir::add_index(p, what, a, b); }
  constexpr bool is(ir::node_id index, std::int64_t low, std::int64_t high, bool reached) const {
    detail::index_range const r = detail::range_of(p, index);
    return r.low == low && r.high == high && r.reached == reached;
  }
};

constexpr bool sums_of_axes_have_exact_ranges() {
  indices x{};
  ir::node_id const mirrored = ir::add_index(x.p, ir::op::sub, ir::add_index(x.p, 1), x.make(ir::op::mul, x.i, 2));
  return x.is(x.i, 0, 4, true) && x.is(x.make(ir::op::add, x.i, -1), -1, 3, true) && x.is(mirrored, -7, 1, true) &&
         x.is(ir::add_index(x.p, ir::op::sub, x.i, x.i), 0, 0, true);
}

constexpr bool other_indices_have_safe_ones() {
  indices x{};
  ir::node_id const shifted = x.make(ir::op::add, x.i, -3);
  return x.is(x.make(ir::op::floor_div, shifted, 2), -2, 0, false) &&
         x.is(x.make(ir::op::floor_mod, shifted, 3), 0, 2, false) &&
         x.is(x.make(ir::op::floor_mod, x.i, 7), 0, 4, true) && x.is(x.make(ir::op::max, shifted, 0), 0, 1, false) &&
         x.is(x.make(ir::op::min, x.make(ir::op::max, x.m, 2), 9), 2, 9, false);
}

constexpr bool a_run_time_extent_bounds_below_only() {
  indices x{};
  return x.is(x.m, 0, detail::index_range::far, false) &&
         x.is(x.make(ir::op::add, x.m, 2), 2, detail::index_range::far, false) &&
         x.is(x.make(ir::op::mul, x.m, -1), -detail::index_range::far, 0, false);
}

}  // namespace

TEST_CASE("index_range") {
  CHECK_BOTH(sums_of_axes_have_exact_ranges());
  CHECK_BOTH(other_indices_have_safe_ones());
  CHECK_BOTH(a_run_time_extent_bounds_below_only());
}
