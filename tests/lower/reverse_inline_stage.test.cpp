#include <tenon/lower/reverse_inline_stage.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/reverse_inline.hpp>
#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

constexpr tensor_name z{"z"};

enum class reader { plain, transposed, broadcast, twice };

/// y(i, j) = sum(k, x(i, k) * x(k, j)); z(i, j) = max(y(i, j), b(j)), or another reader of y
constexpr ir::program product_and_limit(reader how, element between = element::f32) {
  int const n = 4;
  programs::maker m{};
  auto const x = m.input("x", {n, n});
  auto const b = m.input("b", {n});
  auto const out = m.output("z", {n, n});
  auto const y = m.tensor("y", between, ir::role::temporary, {n, n});
  auto const i = m.axis(y, "i", n), j = m.axis(y, "j", n), k = m.axis(y, "k", n);
  auto const ck = m.at(k);
  m.stage(y, {i, j}, m.sum(y, {k}, m.binary(ir::op::mul, m.load(x, {m.at(i), ck}), m.load(x, {ck, m.at(j)}))));
  auto const i2 = m.axis(out, "i", n), j2 = m.axis(out, "j", n);
  auto const ci = m.at(i2), cj = m.at(j2);
  auto element_of_y = [&](ir::node_id a, ir::node_id c) { return ir::add_cast(m.p, element::f32, m.load(y, {a, c})); };
  auto value = how == reader::transposed  ? element_of_y(cj, ci)
               : how == reader::broadcast ? element_of_y(ci, ci)
                                          : element_of_y(ci, cj);
  if (how == reader::twice) value = m.binary(ir::op::mul, value, element_of_y(ci, cj));
  m.stage(out, {i2, j2}, m.binary(ir::op::max, value, m.load(b, {cj})));
  return m.done();
}

constexpr bool finishes_the_stage(reader how, element between) {
  ir::program const staged = product_and_limit(how, between);
  ir::program const p = lower::reverse_inline_stage(staged, reverse_inline(z));
  return !p.refused && programs::same_outputs(p, staged);
}

constexpr bool follows_loops_arranged_before(tail policy) {
  ir::program const staged = product_and_limit(reader::transposed);
  auto const i = loop("y", "i"), j = loop("y", "j"), k = loop("y", "k");
  ir::program p = lower::split_loop(staged, split(i, 3, policy));
  p = lower::reorder_loops(p, reorder(j, i.outer, k, i.inner));
  p = lower::reverse_inline_stage(p, reverse_inline(z));
  return !p.refused && programs::same_outputs(p, staged) &&
         !lower::find_axes(p, reverse_inline(z), loop("z", "i.outer")).refused;
}

}  // namespace

TEST_CASE("reverse_inline_stage") {
  CHECK_BOTH(finishes_the_stage(reader::plain, element::f32));
  CHECK_BOTH(finishes_the_stage(reader::plain, element::f16));
  CHECK_BOTH(finishes_the_stage(reader::transposed, element::f32));
  CHECK_BOTH(finishes_the_stage(reader::twice, element::f32));
  CHECK_BOTH(follows_loops_arranged_before(tail::guard));
  CHECK_RUN(follows_loops_arranged_before(tail::peel));
}

TEST_CASE("reverse_inline_stage refuses") {
  CHECK(lower::reverse_inline_stage(product_and_limit(reader::broadcast), reverse_inline(z)).refused.sentence ==
        "reverse_inline(z): z does not read y at exactly the indices that it computes; compute_at(y, ...) may serve");
  CHECK(
      lower::reverse_inline_stage(programs::blur(3, 4), reverse_inline(tensor_name{"by"})).refused.sentence ==
      "reverse_inline(by): by does not read bx at exactly the indices that it computes; compute_at(bx, ...) may serve");
  CHECK(lower::reverse_inline_stage(programs::copy(3), reverse_inline(tensor_name{"y"})).refused.sentence ==
        "reverse_inline(y): y reads no other stage; it stands alone");
  ir::program const split_first = lower::split_loop(product_and_limit(reader::plain), split(loop("z", "i"), 2));
  CHECK(lower::reverse_inline_stage(split_first, reverse_inline(z)).refused.sentence ==
        "reverse_inline(z): z is no longer, or never was, one formula in loops of its own; say this step before others "
        "about z");
}
