#include <tenon/lower/order_conflict.hpp>

#include <support/both.hpp>
#include <support/programs.hpp>

#include <tenon/schedule/reorder.hpp>

using namespace tenon;

namespace {

/// What stands in the way of `j` outside `i`, where each of rows x columns iterations reads and writes y at (across * j).
constexpr text swapped(int rows, int columns, std::int64_t across, bool adds) {
  programs::maker m{};
  auto const y = m.output("y", {64});
  auto const i = m.axis(y, "i", rows);
  auto const j = m.axis(y, "j", columns);
  auto const place = ir::add_index(m.p, ir::op::mul, m.at(j), across);
  auto const r = m.reduction(ir::reduction_kind::sum, element::f32);
  auto const to = ir::add_access(m.p, y, {place});
  auto const sum = m.binary(ir::op::add, ir::add_load(m.p, to), m.number(1));
  lower::nest_parts parts{};
  parts.links.push_back({.axis = i, .key = 2});
  parts.links.push_back({.axis = j, .key = 1});
  lower::nest_leaf leaf{.statement = ir::add_store(m.p, to, sum, ir::node_id::none, adds ? r : ir::reduction_id::none)};
  leaf.was.push_back(0);
  leaf.was.push_back(1);
  leaf.now.push_back(1);
  leaf.now.push_back(0);
  leaf.copies.push_back(0);
  leaf.copies.push_back(1);
  parts.leaves.push_back(leaf);
  step s{.what = action::reorder};
  return lower::find_order_conflict(m.p, s, parts);
}

constexpr bool lets_elements_keep_their_sequence() { return swapped(2, 3, 1, false).empty(); }
constexpr bool lets_terms_change_places() { return swapped(2, 3, 0, true).empty(); }
constexpr bool lets_a_single_iteration_move() { return swapped(1, 3, 0, false).empty(); }
constexpr bool sees_a_changed_sequence() {
  return swapped(2, 3, 0, false) == "reorder(): iterations of i and j write or read the same elements of y, one after "
                                    "another, and j outside i is another sequence; keep i outside j";
}

}  // namespace

TEST_CASE("order_conflict") {
  CHECK_BOTH(lets_elements_keep_their_sequence());
  CHECK_BOTH(lets_terms_change_places());
  CHECK_BOTH(lets_a_single_iteration_move());
  CHECK_BOTH(sees_a_changed_sequence());
}
