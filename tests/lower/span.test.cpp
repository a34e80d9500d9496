#include <tenon/lower/span.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

using namespace tenon;

namespace {

/// An index made of an axis that stands still, o in 0..10, and one that runs, r in 0..3.
struct index_maker {
  programs::maker m{};
  ir::buffer_id y = m.output("y", {10});
  ir::axis_id o = m.axis(y, "o", 10);
  ir::axis_id r = m.axis(y, "r", 3);

  constexpr ir::node_id outer(int times) { return ir::add_index(m.p, ir::op::mul, m.at(o), times); }
  constexpr ir::node_id inner(int times) { return ir::add_index(m.p, ir::op::mul, m.at(r), times); }
  constexpr ir::node_id of(ir::op what, ir::node_id a, ir::node_id b) { return ir::add_index(m.p, what, a, b); }
  constexpr ir::node_id of(ir::op what, ir::node_id a, int b) { return ir::add_index(m.p, what, a, b); }
  constexpr lower::span covered(ir::node_id index, bool loose = false) {
    lower::axis_set running{};
    running.in[static_cast<std::size_t>(r)] = true;
    return lower::span_of(m.p, ir::linear_of(m.p, index), running, loose);
  }
};

/// The index goes from factor * o + low over so many more.
constexpr bool is(index_maker& x, lower::span const& s, int factor, int low, int more) {
  std::size_t const terms = factor == 0 ? 0 : 1;
  return s.known && ir::factor_of(x.m.p, s.low, x.o) == factor && s.low.constant == low &&
         s.low.terms.size() == terms && s.excess.terms.empty() && s.excess.constant == more;
}

constexpr bool sums_are_covered_exactly() {
  index_maker x{};
  return is(x, x.covered(x.of(ir::op::add, x.outer(2), x.inner(1))), 2, 0, 2) &&
         is(x, x.covered(x.of(ir::op::sub, x.outer(2), x.inner(3))), 2, -6, 6) && is(x, x.covered(x.inner(4)), 0, 0, 8);
}

constexpr bool quotients_and_remainders_are_covered() {
  index_maker x{};
  ir::node_id const even = x.of(ir::op::add, x.of(ir::op::add, x.outer(4), x.inner(1)), 1);
  return is(x, x.covered(x.of(ir::op::floor_div, even, 2)), 2, 0, 1) &&
         is(x, x.covered(x.of(ir::op::floor_mod, even, 4)), 0, 1, 2) &&
         is(x, x.covered(x.of(ir::op::floor_mod, even, 2)), 0, 0, 1);
}

constexpr bool limits_widen_only_where_they_bite() {
  index_maker x{};
  ir::node_id const around = x.of(ir::op::add, x.of(ir::op::add, x.outer(1), x.inner(1)), -1);
  ir::node_id const clamped = x.of(ir::op::min, x.of(ir::op::max, around, 0), 9);
  ir::node_id const before = x.of(ir::op::max, x.of(ir::op::add, x.outer(1), -1), 0);
  return is(x, x.covered(clamped), 1, -1, 2) && is(x, x.covered(before, true), 1, -1, 1);
}

constexpr bool data_may_be_anywhere() {
  index_maker x{};
  ir::buffer_id const idx = x.m.tensor("idx", ir::index_type, ir::role::input, {3});
  return !x.covered(x.m.load(idx, {x.m.at(x.r)})).known;
}

}  // namespace

TEST_CASE("span") {
  CHECK_BOTH(sums_are_covered_exactly());
  CHECK_BOTH(quotients_and_remainders_are_covered());
  CHECK_BOTH(limits_widen_only_where_they_bite());
  CHECK_BOTH(data_may_be_anywhere());
}
