#include <tenon/ir/program.hpp>

#include "support/both.hpp"

using namespace tenon;

constexpr bool starts_its_tables_at_one() {
  ir::program p{};
  ir::axis_id const i = p.add(ir::axis{.name = "i"});
  ir::buffer_id const x = p.add(ir::buffer{.name = "x"});
  ir::node_id const n = p.add(ir::node{.what = ir::op::counter, .x = 1});
  return i == ir::axis_id{1} && x == ir::buffer_id{1} && n == ir::node_id{1} && p[i].name == "i" && p[x].name == "x" &&
         p[n].what == ir::op::counter && p.nodes.size() == 2;
}

constexpr bool refuses_what_does_not_fit() {
  ir::program p{};
  for (int n = 0; n < 9; ++n) p.add(ir::reduction{});
  bool const fits = !p.refused;
  ir::reduction_id const last = p.add(ir::reduction{});
  return fits && last == ir::reduction_id::none &&
         p.refused.sentence ==
             "this operator: a program holds 9 reductions, and it needs more; compute it in several operators";
}

constexpr bool keeps_its_first_refusal() {
  ir::program const p = ir::refuse(ir::refuse(ir::program{}, text{"first"}), text{"second"});
  return p.refused && p.refused.sentence == "first";
}

constexpr bool is_a_value() {
  ir::program a{};
  a.add(ir::node{.what = ir::op::constant, .value = 1});
  ir::program b = a;
  bool const equal = a == b;
  b[ir::node_id{1}].value = 2;
  return equal && !(a == b);
}

TEST_CASE("program") {
  CHECK_BOTH(starts_its_tables_at_one());
  CHECK_BOTH(refuses_what_does_not_fit());
  CHECK_BOTH(keeps_its_first_refusal());
  CHECK_BOTH(is_a_value());
}
