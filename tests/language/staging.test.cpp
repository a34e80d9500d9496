#include <tenon/language/staging.hpp>

#include "support/both.hpp"

using namespace tenon;

namespace {

constexpr detail::axis_facts i{"i", detail::extent_from(4)};
constexpr detail::axis_facts k{"k", detail::extent_from(3)};
constexpr detail::tensor_facts x{
    "x", element::f32, detail::part::argument, 2, {detail::extent_from(4), detail::extent_from(3)}};
constexpr detail::tensor_facts y{"y", element::f32, detail::part::argument, 1, {detail::extent_from(4)}};

constexpr detail::staging begun() {
  detail::staging s{};
  s.declare(x, ir::role::input);
  s.declare(y, ir::role::output);
  detail::axis_facts const* const left[]{&i};
  s.begin(y, left);
  return s;
}

constexpr bool a_stage_is_loops_around_a_store() {
  detail::staging s = begun();
  ir::node_id const at[]{s.counter(i), s.index(2)};
  s.end(s.read(x, at, detail::edge::none, ir::node_id::none));
  s.finish();
  ir::node const& loop = s.p[s.p.root];
  return !s.p.refused && s.p.arguments == 2 && loop.what == ir::op::loop && s.p[loop.axis()].name == "i" &&
         s.p[loop.axis()].stage == ir::buffer_id{2} && s.p[loop.a].what == ir::op::store;
}

constexpr bool equal_reductions_are_one() {
  detail::staging s = begun();
  detail::reduction_axes over{};
  over.facts.push_back(&k);
  detail::staged_reduction* made[2]{};
  for (int n = 0; n < 2; ++n) {
    unsigned const used = s.open(over);
    ir::node_id const at[]{s.counter(i), s.counter(k)};
    ir::node_id const term = s.read(x, at, detail::edge::none, ir::node_id::none);
    made[n] = s.close(used, over, 7, "sum", &term, 1);
    if (n > 0) break;
    ir::reduction_id const id = s.add_formulas(7, element::f32, {.values = 1, .identity = {s.zero(element::f32)}});
    ir::node_id const next = s.add(ir::op::add, element::f32, made[0]->running[0], term);
    s.define(*made[0], id, &next);
  }
  return made[0] == made[1] && s.p.buffers.back().name == "y.sum" && !s.p.refused;
}

constexpr bool an_unknown_axis_is_refused() {
  detail::staging s = begun();
  s.counter(k);
  return s.p.refused.sentence ==
         "y(i) = ...: k stands neither on the left nor in a reduction; write sum(k, ...) or put it on the left";
}

}  // namespace

TEST_CASE("staging") {
  CHECK_BOTH(a_stage_is_loops_around_a_store());
  CHECK_BOTH(equal_reductions_are_one());
  CHECK_BOTH(an_unknown_axis_is_refused());
}
