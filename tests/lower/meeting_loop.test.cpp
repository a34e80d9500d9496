#include <tenon/lower/meeting_loop.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

using namespace tenon;

namespace {

/// Loops over i (4 turns), j (8) and one of a single turn, and a buffer to name elements of.
struct site {
  programs::maker m{};
  ir::buffer_id t = m.input("t", {64, 64});
  ir::axis_id i = m.axis(t, "i", 4), j = m.axis(t, "j", 8), once = m.axis(t, "once", 1);
  ir::node_id ci = m.at(i), cj = m.at(j);

  constexpr ir::node_id index(ir::op what, ir::node_id a, ir::node_id b) { return ir::add_index(m.p, what, a, b); }
  constexpr ir::node_id scaled(std::int64_t by, ir::node_id a) { return index(ir::op::mul, a, ir::add_index(m.p, by)); }
  constexpr ir::node_id sum(ir::node_id a, ir::node_id b) { return index(ir::op::add, a, b); }
  /// The axis of the loop whose turns may meet, or none.
  constexpr ir::axis_id meets(ir::node_id row, ir::node_id column) {
    ir::access const at = m.p[m.access(t, {row, column})];
    lower::loop_chain loops{};
    for (ir::axis_id a : {once, j, i}) loops.push_back(ir::add_loop(m.p, a, ir::node_id::none));
    ir::node_id const found = lower::meeting_loop(m.p, at, loops);
    return found == ir::node_id::none ? ir::axis_id::none : m.p[found].axis();
  }
};

constexpr bool every_turn_has_an_element() {
  site s{};
  ir::node_id const zero = ir::add_index(s.m.p, 0);
  ir::node_id const fused = s.sum(s.scaled(8, s.ci), s.cj);
  ir::node_id const three = ir::add_index(s.m.p, 3);
  bool const plain = s.meets(s.ci, s.cj) == ir::axis_id::none;
  bool const one_number = s.meets(zero, fused) == ir::axis_id::none;
  bool const backwards = s.meets(zero, s.sum(s.scaled(-8, s.ci), s.cj)) == ir::axis_id::none;
  bool const one_helps = s.meets(s.ci, s.sum(s.ci, s.cj)) == ir::axis_id::none;
  ir::node_id const high = s.index(ir::op::floor_div, fused, three), low = s.index(ir::op::floor_mod, fused, three);
  return plain && one_number && backwards && one_helps && s.meets(high, low) == ir::axis_id::none;
}

constexpr bool turns_that_meet_are_found() {
  site s{};
  ir::node_id const zero = ir::add_index(s.m.p, 0);
  bool const left_out = s.meets(s.ci, zero) == s.j && s.meets(s.cj, zero) == s.i;
  bool const overlaps = s.meets(zero, s.sum(s.scaled(7, s.ci), s.cj)) != ir::axis_id::none;
  ir::node_id const limited = s.index(ir::op::min, s.cj, ir::add_index(s.m.p, 6));
  ir::node_id const loaded = ir::add_cast(s.m.p, ir::index_type, s.m.load(s.t, {zero, s.cj}));
  return left_out && overlaps && s.meets(s.ci, limited) == s.j && s.meets(s.ci, loaded) == s.j;
}

}  // namespace

TEST_CASE("meeting_loop") {
  CHECK_BOTH(every_turn_has_an_element());
  CHECK_BOTH(turns_that_meet_are_found());
}
