#include <tenon/lower/reverse_compute_at.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/compute_at.hpp>
#include <tenon/lower/fuse_loops.hpp>
#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/lower/store_at.hpp>
#include <tenon/schedule/compute_at.hpp>
#include <tenon/schedule/fuse.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/reverse_compute_at.hpp>
#include <tenon/schedule/split.hpp>
#include <tenon/schedule/store_at.hpp>

using namespace tenon;

namespace {

constexpr tensor_name z{"z"};

/// y(i, j) = sum(k, x(i, k) * x(k, j)); z(j, i, c) = y(i, j) + b(c); y may be an output, too
constexpr ir::program product_and_channels(bool keep = false) {
  int const n = 5;
  programs::maker m{};
  auto const x = m.input("x", {n, n});
  auto const b = m.input("b", {2});
  auto const out = m.output("z", {n, n, 2});
  auto const y = keep ? m.output("y", {n, n}) : m.temporary("y", {n, n});
  auto const i = m.axis(y, "i", n), j = m.axis(y, "j", n), k = m.axis(y, "k", n);
  auto const ck = m.at(k);
  m.stage(y, {i, j}, m.sum(y, {k}, m.binary(ir::op::mul, m.load(x, {m.at(i), ck}), m.load(x, {ck, m.at(j)}))));
  auto const j2 = m.axis(out, "j", n), i2 = m.axis(out, "i", n), c2 = m.axis(out, "c", 2);
  m.stage(out, {j2, i2, c2}, m.binary(ir::op::add, m.load(y, {m.at(i2), m.at(j2)}), m.load(b, {m.at(c2)})));
  return m.done();
}

constexpr ir::program in_tiles(bool keep, tail policy, char const* at) {
  auto const i = loop("y", "i"), j = loop("y", "j"), k = loop("y", "k");
  ir::program p = lower::split_loop(product_and_channels(keep), split(i, 2, policy));
  p = lower::split_loop(p, split(j, 3, policy));
  p = lower::reorder_loops(p, reorder(i.outer, j.outer, k, i.inner, j.inner));
  return lower::reverse_compute_at(p, reverse_compute_at(z, loop("y", at)));
}

constexpr bool computes_what_each_turn_made(bool keep, tail policy, char const* at, int rows, int columns) {
  ir::program const p = in_tiles(keep, policy, at);
  ir::buffer const& y = p[lower::find_buffer(p, {"y"})];
  return !p.refused && ir::is_constant(p, y.extents[0], rows) && ir::is_constant(p, y.extents[1], columns) &&
         programs::same_outputs(p, product_and_channels(keep));
}

/// Both loops of y in one, that in parts of `factor`.
constexpr ir::program in_parts_of_fused_loops(int factor) {
  auto const i = loop("y", "i"), j = loop("y", "j");
  ir::program p = lower::fuse_loops(product_and_channels(), fuse(i, j));
  p = lower::split_loop(p, split(loop("y", "i.j"), factor, tail::guard));
  return lower::reverse_compute_at(p, reverse_compute_at(z, loop("y", "i.j.outer")));
}

/// Parts of 5 and 10 are rows; one of 2 ends within a row.
constexpr bool takes_parts_of_fused_loops_that_are_whole_rows(int factor) {
  ir::program const p = in_parts_of_fused_loops(factor);
  return !p.refused && ir::is_constant(p, p[lower::find_buffer(p, {"y"})].extents[0], factor / 5) &&
         programs::same_outputs(p, product_and_channels());
}

}  // namespace

TEST_CASE("reverse_compute_at") {
  CHECK_BOTH(takes_parts_of_fused_loops_that_are_whole_rows(5));
  CHECK_RUN(takes_parts_of_fused_loops_that_are_whole_rows(10));
  CHECK_BOTH(computes_what_each_turn_made(false, tail::guard, "j.outer", 2, 3));
  CHECK_RUN(computes_what_each_turn_made(false, tail::shift, "j.outer", 2, 3));
  CHECK_RUN(computes_what_each_turn_made(false, tail::guard, "i.outer", 2, 6));
  CHECK_RUN(computes_what_each_turn_made(true, tail::guard, "j.outer", 5, 5));
}

TEST_CASE("reverse_compute_at refuses") {
  CHECK(in_tiles(false, tail::guard, "k").refused.sentence ==
        "reverse_compute_at(z, y[k]): one turn of y[k] does not finish a part of y alone; name a loop around all "
        "stores of y");
  CHECK(in_tiles(false, tail::peel, "j.outer").refused.sentence ==
        "reverse_compute_at(z, y[j.outer]): one turn of y[j.outer] does not finish a part of y alone; name a loop "
        "around all "
        "stores of y");
  CHECK(lower::reverse_compute_at(programs::blur(3, 4), reverse_compute_at(tensor_name{"by"}, loop("bx", "y")))
            .refused.sentence ==
        "reverse_compute_at(by, bx[y]): by does not read bx at indices of its own only; compute_at(bx, ...) may serve");
  CHECK(lower::reverse_compute_at(product_and_channels(), reverse_compute_at(z, loop("z", "j"))).refused.sentence ==
        "reverse_compute_at(z, z[j]): name a tensor that is computed, and a loop of the stage that it reads");
  // z reads y, which is computed in its loop j and lives outside.
  ir::program inside = lower::compute_at(product_and_channels(), compute_at(tensor_name{"y"}, loop("z", "j")));
  inside = lower::store_at(inside, store_root(tensor_name{"y"}));
  CHECK(lower::reverse_compute_at(inside, reverse_compute_at(z, loop("y", "i"))).refused.sentence ==
        "reverse_compute_at(z, y[i]): y is computed inside z already; take one of the two steps");
  for (int factor : {2, 3, 6}) {
    CHECK(
        in_parts_of_fused_loops(factor).refused.sentence ==
        "reverse_compute_at(z, y[i.j.outer]): the parts of y that turns of y[i.j.outer] make are not known to lie side "
        "by side; split by a number that divides");
  }
  // 3 elements lie together, and a turn makes 2 of them.
  programs::maker m{};
  auto const x = m.input("x", {6});
  auto const out = m.output("z", {6});
  auto const y = m.temporary("y", {6});
  auto const i = m.axis(y, "i", 6), i2 = m.axis(out, "i", 6);
  m.stage(y, {i}, m.load(x, {m.at(i)}));
  m.stage(out, {i2}, m.load(y, {m.at(i2)}));
  auto const l = loop("y", "i");
  ir::program p = lower::split_loop(m.done(), split(l, 3));
  p = lower::split_loop(lower::fuse_loops(p, fuse(l.outer, l.inner)), split(loop("y", "i.outer.i.inner"), 2));
  CHECK(
      lower::reverse_compute_at(p, reverse_compute_at(z, loop("y", "i.outer.i.inner.outer"))).refused.sentence ==
      "reverse_compute_at(z, y[i.outer.i.inner.outer]): the parts of y that turns of y[i.outer.i.inner.outer] make are "
      "not known to lie side by side; split by a number that divides");
}
