#include <tenon/language/axis.hpp>

#include "support/both.hpp"

using namespace tenon;

namespace {

constexpr bool an_axis_names_its_loops() {
  constexpr axis<"i", 12> i;
  return loop_name(i) == loop_name{.loop = "i"} && loop_name(i.outer) == loop_name{.loop = "i.outer"} &&
         loop_name(i.outer.inner) == loop_name{.loop = "i.outer.inner"} &&
         loop_name(i.inner.outer.inner).loop == "i.inner.outer.inner";
}

constexpr bool axes_have_no_state() {
  axis<"i", 12> const i;
  return std::is_empty_v<decltype(i)> && expression<axis<"i", 12>> && detail::is_axis<axis<"j", run_time<"N">>> &&
         !detail::is_axis<int>;
}

constexpr bool an_axis_knows_how_often_it_runs() {
  detail::staging s{};
  ir::node_id const twelve = extent(axis<"i", 12>{}).stage(s, element::none);
  ir::node_id const n = extent(axis<"j", run_time<"N", 64>>{}).stage(s, element::f32);
  return s.p[twelve].value == 12 && s.p[n].what == ir::op::cast && s.p[s.p[n].a].what == ir::op::parameter &&
         s.p.parameters[1].bound == 64;
}

}  // namespace

TEST_CASE("axis") {
  CHECK_BOTH(an_axis_names_its_loops());
  CHECK_BOTH(axes_have_no_state());
  CHECK_BOTH(an_axis_knows_how_often_it_runs());
}
