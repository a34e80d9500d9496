#include <tenon/lower/simplify.hpp>

#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/fuse_loops.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/fuse.hpp>
#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

constexpr int conditions(ir::program const& p) {
  int count = 0;
  ir::each_statement(p, p.root,
                     [&](ir::node_id n) { count += p[n].what == ir::op::store && p[n].b != ir::node_id::none; });
  return count;
}

/// y(i) = x(i), if `condition(p, i)`
template <class Condition>
constexpr ir::program copy_if(int n, Condition condition) {
  ir::program p = programs::copy(n);
  p[p[p.root].a].b = condition(p, ir::add_counter(p, ir::axis_id{1}));
  return p;
}
constexpr bool drops_what_holds() {
  auto const below = [](ir::program& p, ir::node_id i) {
    return ir::add_binary(p, ir::op::less, i, ir::add_index(p, 8));
  };
  ir::program const p = lower::simplify(copy_if(8, below));
  return conditions(p) == 0 && conditions(lower::simplify(copy_if(9, below))) == 1 &&
         programs::same_outputs(programs::copy(8), p);
}
constexpr bool drops_what_never_happens() {
  ir::program const p = lower::simplify(copy_if(
      8, [](ir::program& q, ir::node_id i) { return ir::add_binary(q, ir::op::less, i, ir::add_index(q, 0)); }));
  return p.root == ir::node_id::none;
}
constexpr bool keeps_only_the_open_part() {
  ir::program const p = lower::simplify(copy_if(8, [](ir::program& q, ir::node_id i) {
    return ir::add_both(q, ir::add_binary(q, ir::op::less, i, ir::add_index(q, 8)),
                        ir::add_binary(q, ir::op::less, i, ir::add_index(q, 5)));
  }));
  ir::node const& store = p[p[p.root].a];
  return p[store.b].what == ir::op::less && ir::is_constant(p, p[store.b].b, 5);
}
constexpr bool takes_the_known_side() {
  ir::program p = programs::copy(4);
  ir::node& store = p[p[p.root].a];
  ir::node_id const inside =
      ir::add_binary(p, ir::op::less_equal, ir::add_index(p, 0), ir::add_counter(p, ir::axis_id{1}));
  store.a = p.add(ir::node{
      .what = ir::op::guarded, .type = element::f32, .a = inside, .b = store.a, .c = ir::add_real(p, element::f32, 7)});
  ir::program const simple = lower::simplify(p);
  return simple[store.a].what == ir::op::load && programs::same_outputs(p, simple);
}
constexpr bool drops_single_unrolled_loops() {
  ir::program p = lower::split_loop(programs::copy(4), split(loop("i"), 4));
  p[ir::axis_id{2}].kind = ir::loop_kind::unrolled;
  ir::program const simple = lower::simplify(p);
  return simple[simple.root].what == ir::op::loop && simple[simple.root].axis() == ir::axis_id{3} &&
         programs::same_outputs(p, simple);
}
constexpr bool proves_run_time_tails() {
  ir::program const p = programs::matmul_of_rows(16, 2, 3);
  ir::program const guarded = lower::split_loop(p, split(loop("i"), 4, tail::guard));
  ir::program const exact = lower::split_loop(guarded, split(loop("k"), 3, tail::guard));
  return conditions(lower::simplify(exact)) == conditions(guarded) &&
         programs::same_outputs(p, lower::simplify(exact), {7});
}

constexpr bool has_quotients(ir::program const& p) {
  bool found = false;
  ir::each_statement(p, p.root, [&](ir::node_id s) {
    ir::each_value_of(
        p, s, [&](ir::node_id v) { found |= p[v].what == ir::op::floor_div || p[v].what == ir::op::floor_mod; });
  });
  return found;
}
constexpr bool divides_fused_loops_that_are_split() {
  ir::program const plain = programs::transposed(3, 4);
  ir::program const fused = lower::fuse_loops(plain, fuse(loop("i"), loop("j")));
  ir::program const rows = lower::simplify(lower::split_loop(fused, split(loop("i.j"), 4)));
  ir::program const halves = lower::simplify(lower::split_loop(fused, split(loop("i.j"), 2)));
  return has_quotients(fused) && !has_quotients(rows) && has_quotients(halves) && programs::same_outputs(plain, rows) &&
         programs::same_outputs(plain, halves);
}
constexpr bool drops_loops_whose_extent_comes_to_nothing() {
  ir::program p = programs::copy(8);
  ir::axis_id const i = p[p.root].axis();
  p[i].extent = p.add(
      ir::node{.what = ir::op::floor_div, .type = ir::index_type, .a = ir::add_index(p, 3), .b = ir::add_index(p, 4)});
  return lower::simplify(p).root == ir::node_id::none;
}

/// y(i) = x(i - 1), or 1 outside, for i in 0..3 and an x of run-time extent.
constexpr ir::program window_of_rows(std::int64_t divisor) {
  programs::maker m{};
  ir::node_id const rows = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "M", .divisor = divisor}));
  ir::buffer_id const x = m.tensor("x", element::f32, ir::role::input, {rows});
  ir::buffer_id const y = m.output("y", {3});
  ir::axis_id const i = m.axis(y, "i", 3);
  m.stage(y, {i}, m.load_or(x, {ir::add_index(m.p, ir::op::sub, m.at(i), 1)}, m.number(1)));
  return m.done();
}
constexpr bool asks_where_a_tensor_may_have_no_elements() {
  ir::program const p = window_of_rows(4);
  ir::program const simple = lower::simplify(p);
  return programs::same_outputs(p, simple, {0}) && programs::same_outputs(p, simple, {4});
}

}  // namespace

TEST_CASE("simplify") {
  CHECK_BOTH(asks_where_a_tensor_may_have_no_elements());
  CHECK_BOTH(drops_loops_whose_extent_comes_to_nothing());
  CHECK_BOTH(drops_what_holds());
  CHECK_BOTH(drops_what_never_happens());
  CHECK_BOTH(keeps_only_the_open_part());
  CHECK_BOTH(takes_the_known_side());
  CHECK_BOTH(drops_single_unrolled_loops());
  CHECK_BOTH(proves_run_time_tails());
  CHECK_BOTH(divides_fused_loops_that_are_split());
}
