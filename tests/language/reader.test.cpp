#include <tenon/language/staging.hpp>

#include "support/both.hpp"

using namespace tenon;

namespace {

constexpr detail::axis_facts i{"i", detail::extent_from(4)};
constexpr detail::tensor_facts x{"x", element::f32, detail::part::argument, 1, {detail::extent_from(4)}};
constexpr detail::tensor_facts y{"y", element::f32, detail::part::argument, 1, {detail::extent_from(4)}};

constexpr detail::staging begun() {
  detail::staging s{};
  s.declare(x, ir::role::input);
  s.declare(y, ir::role::output);
  detail::axis_facts const* const left[]{&i};
  s.begin(y, left);
  return s;
}

constexpr ir::op read_at(int shift, detail::edge outside) {
  detail::staging s = begun();
  ir::node_id const at[]{s.index(ir::op::add, s.counter(i), s.index(shift))};
  ir::node_id const made = s.read(x, at, outside, s.zero(element::f32));
  return s.p.refused ? ir::op::nothing : s.p[made].what;
}

constexpr bool a_read_inside_needs_no_boundary() {
  return read_at(0, detail::edge::none) == ir::op::load && read_at(0, detail::edge::value) == ir::op::load;
}

constexpr bool a_read_outside_is_refused_unless_a_boundary_is_said() {
  return read_at(1, detail::edge::none) == ir::op::nothing && read_at(1, detail::edge::value) == ir::op::guarded &&
         read_at(1, detail::edge::clamp) == ir::op::load;
}

constexpr bool behind_a_condition_it_is_left_to_the_proofs() {
  detail::staging s = begun();
  ir::node_id const at[]{s.index(ir::op::add, s.counter(i), s.index(1))};
  s.enter_guarded();
  s.read(x, at, detail::edge::none, ir::node_id::none);
  s.leave_guarded();
  return !s.p.refused;
}

constexpr bool two_tensors_of_one_name_are_refused() {
  constexpr detail::tensor_facts other{"x", element::f64};
  detail::staging s = begun();
  s.declare(other, ir::role::input);
  return s.p.refused.sentence == "x: two tensors have this name; rename one";
}

}  // namespace

TEST_CASE("reader") {
  CHECK_BOTH(a_read_inside_needs_no_boundary());
  CHECK_BOTH(a_read_outside_is_refused_unless_a_boundary_is_said());
  CHECK_BOTH(behind_a_condition_it_is_left_to_the_proofs());
  CHECK_BOTH(two_tensors_of_one_name_are_refused());
}
