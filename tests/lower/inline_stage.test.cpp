#include <tenon/lower/inline_stage.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/stencils.hpp>

#include <tenon/lower/reverse_inline_stage.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/compute_inline.hpp>
#include <tenon/schedule/reverse_inline.hpp>
#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

constexpr tensor_name bx{"bx"};

constexpr bool leaves_one_nest(ir::program const& p) {
  int stores = 0;
  int allocations = 0;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    stores += p[id].what == ir::op::store;
    allocations += p[id].what == ir::op::allocate;
  });
  return stores == 1 && allocations == 0;
}

constexpr bool reads_become_the_formula() {
  ir::program const p = lower::inline_stage(programs::blur(3, 4), compute_inline(bx));
  return !p.refused && leaves_one_nest(p) && programs::same_outputs(p, programs::blur(3, 4));
}

constexpr bool keeps_boundaries(programs::border edge) {
  programs::stencil s{.rows = 3, .columns = 3, .taps = 2};
  s.edge = edge;
  s.down[0] = -1;
  s.across[1] = 1;
  ir::program const p = lower::inline_stage(s.program(), compute_inline(bx));
  return !p.refused && leaves_one_nest(p) && programs::same_outputs(p, s.program());
}

/// t(i) = half(x(i)); y(i) = float(t(i))
constexpr bool rounds_as_the_tensor_would() {
  programs::maker m{};
  auto const x = m.input("x", {2});
  auto const y = m.output("y", {2});
  auto const t = m.tensor("t", element::f16, ir::role::temporary, {2});
  auto const i = m.axis(t, "i", 2);
  m.stage(t, {i}, m.binary(ir::op::div, m.load(x, {m.at(i)}), m.number(3)));
  auto const j = m.axis(y, "i", 2);
  m.stage(y, {j}, m.load(t, {m.at(j)}));
  ir::program const staged = m.done();
  return programs::same_outputs(lower::inline_stage(staged, compute_inline(tensor_name{"t"})), staged);
}

/// The stage of bx alone in a loop of its reader, as a reorder of placed stages may leave it.
constexpr ir::program alone_in_a_loop() {
  ir::program p = programs::blur(4, 4);
  ir::node_id const both = p[p.root].a;
  ir::axis_id const once = p.add(ir::axis{.name = "once", .stage = ir::buffer_id{2}, .extent = ir::add_index(p, 1)});
  ir::node_id const alone = ir::add_loop(p, once, p[both].a);
  p[both].a = alone;
  return p;
}

}  // namespace

TEST_CASE("inline_stage") {
  CHECK_BOTH(reads_become_the_formula());
  CHECK_BOTH(keeps_boundaries(programs::border::zero));
  CHECK_BOTH(keeps_boundaries(programs::border::clamped));
  CHECK_BOTH(rounds_as_the_tensor_would());
}

TEST_CASE("inline_stage refuses") {
  auto const refusal = [](ir::program const& p) { return lower::inline_stage(p, compute_inline(bx)).refused.sentence; };
  programs::stencil s{};
  s.first_sums = true;
  CHECK(refusal(s.program()) == "compute_inline(bx): bx is more than one formula, it has a reduction or another stage "
                                "inside; compute_at(bx, ...) "
                                "computes it close to its readers");
  CHECK(refusal(lower::split_loop(programs::blur(4, 4), split(loop("bx", "x"), 2))) ==
        "compute_inline(bx): the loops of bx were taken apart before; say compute_inline before any other step about "
        "them");
  CHECK(refusal(alone_in_a_loop()) ==
        "compute_inline(bx): the loops of bx were taken apart before; say compute_inline before any other step about "
        "them");
  CHECK(lower::inline_stage(programs::blur(4, 4), compute_inline(tensor_name{"by"})).refused.sentence ==
        "compute_inline(by): by is no tensor between stages; only such a one can vanish");
  CHECK(refusal(lower::inline_stage(programs::blur(4, 4), compute_inline(bx))) ==
        "compute_inline(bx): no stage computes bx; leave this step out");
  // s = sum(k, x(k)); t = s; y(i) = t
  programs::maker m{};
  auto const x = m.input("x", {3});
  auto const y = m.output("y", {2});
  auto const first = m.temporary("s", {}), t = m.temporary("t", {});
  auto const k = m.axis(first, "k", 3), i = m.axis(y, "i", 2);
  m.stage(first, {}, m.sum(first, {k}, m.load(x, {m.at(k)})));
  m.stage(t, {}, m.load(first, {}));
  m.stage(y, {i}, m.load(t, {}));
  ir::program const sums = lower::reverse_inline_stage(m.done(), reverse_inline(tensor_name{"t"}));
  CHECK(lower::inline_stage(sums, compute_inline(tensor_name{"t"})).refused.sentence ==
        "compute_inline(t): t is more than one formula, it has a reduction or another stage inside; compute_at(t, ...) "
        "computes it close to its readers");
}
