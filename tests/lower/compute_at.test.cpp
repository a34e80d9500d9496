#include <tenon/lower/compute_at.hpp>

#include <cstdint>
#include <string>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/stencils.hpp>

#include <tenon/lower/split_loop.hpp>
#include <tenon/lower/store_at.hpp>
#include <tenon/schedule/compute_at.hpp>
#include <tenon/schedule/split.hpp>
#include <tenon/schedule/store_at.hpp>

using namespace tenon;

namespace {

constexpr tensor_name bx{"bx"};

constexpr ir::program blur_at(char const* at) {
  return lower::compute_at(programs::blur(3, 4), compute_at(bx, loop("by", at)));
}

constexpr bool keeps_what_is_computed(char const* at) {
  ir::program const p = blur_at(at);
  return !p.refused && programs::same_outputs(p, programs::blur(3, 4));
}

constexpr bool is_of_size(ir::program const& p, int rows, int columns) {
  ir::buffer const& b = p[lower::find_buffer(p, bx)];
  return ir::is_constant(p, b.extents[0], rows) && ir::is_constant(p, b.extents[1], columns);
}

constexpr bool keeps_only_what_one_turn_reads() {
  return is_of_size(blur_at("y"), 3, 4) && is_of_size(blur_at("x"), 3, 1);
}

constexpr ir::program in_tiles(int rows, int tile) {
  ir::program const p = lower::split_loop(programs::blur(rows, 3), split(loop("by", "y"), tile, tail::guard));
  return lower::compute_at(p, compute_at(bx, loop("by", "y.outer")));
}

constexpr bool computes_nothing_outside_of_the_tensor() {
  ir::program const p = in_tiles(5, 3);
  return is_of_size(p, 5, 3) && programs::same_outputs(p, programs::blur(5, 3));
}

constexpr bool clamped_reads_need_no_more_than_plain_ones() {
  programs::stencil s{.rows = 5, .columns = 2, .taps = 3};
  s.edge = programs::border::clamped;
  s.down[0] = -1;
  s.down[1] = 0;
  s.down[2] = 1;
  ir::program const p = lower::compute_at(s.program(), compute_at(bx, loop("by", "y")));
  return is_of_size(p, 3, 2) && programs::same_outputs(p, s.program());
}

/// t(i, k) = x(i, k) + x(i, k); y(i, j) = sum(k, t(i, k)), where i and k run as often as the kernel is told
constexpr ir::program doubled_rows() {
  programs::maker m{};
  auto const rows = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "M"}));
  auto const depth = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "K"}));
  auto const x = m.tensor("x", element::f32, ir::role::input, {rows, depth});
  auto const y = m.tensor("y", element::f32, ir::role::output, {rows});
  auto const t = m.tensor("t", element::f32, ir::role::temporary, {rows, depth});
  auto const i1 = m.axis(t, "i", rows), k1 = m.axis(t, "k", depth);
  auto const once = m.load(x, {m.at(i1), m.at(k1)});
  m.stage(t, {i1, k1}, m.binary(ir::op::add, once, once));
  auto const i2 = m.axis(y, "i", rows), k2 = m.axis(y, "k", depth);
  m.stage(y, {i2}, m.sum(y, {k2}, m.load(t, {m.at(i2), m.at(k2)})));
  return m.done();
}

constexpr bool leaves_a_dimension_whole_whose_extent_is_told_at_run_time() {
  ir::program const p = lower::compute_at(doubled_rows(), compute_at(tensor_name{"t"}, loop("y", "i")));
  return !p.refused && programs::same_outputs(p, doubled_rows(), {3, 4});
}

/// s(i, j) = x(i, j); t(i, j) = s(i, j); u(i, j) = t(i, j - 1), or 0 outside
constexpr ir::program three_stages() {
  programs::maker m{};
  auto const x = m.input("x", {3, 4});
  auto const u = m.output("u", {3, 4});
  auto const s = m.temporary("s", {3, 4});
  auto const t = m.temporary("t", {3, 4});
  auto const i1 = m.axis(s, "i", 3), j1 = m.axis(s, "j", 4);
  m.stage(s, {i1, j1}, m.load(x, {m.at(i1), m.at(j1)}));
  auto const i2 = m.axis(t, "i", 3), j2 = m.axis(t, "j", 4);
  m.stage(t, {i2, j2}, m.load(s, {m.at(i2), m.at(j2)}));
  auto const i3 = m.axis(u, "i", 3), j3 = m.axis(u, "j", 4);
  m.stage(u, {i3, j3}, m.load_or(t, {m.at(i3), ir::add_index(m.p, ir::op::sub, m.at(j3), 1)}, m.number(0)));
  return m.done();
}

constexpr step first = compute_at(tensor_name{"s"}, loop("t", "i")),
               second = compute_at(tensor_name{"t"}, loop("u", "i"));

constexpr bool places_one_stage_in_another_from_the_last_on() {
  ir::program const p = lower::compute_at(lower::compute_at(three_stages(), second), first);
  return !p.refused && programs::same_outputs(p, three_stages());
}

constexpr bool divides_by_nothing_that_is_0() {
  ir::program const plain = programs::wrapped_at_run_time();
  ir::program const p = lower::compute_at(plain, compute_at(tensor_name{"t"}, loop("y", "j")));
  bool same = !p.refused;
  for (std::int64_t m : {0, 2, 5}) same &= programs::same_outputs(p, plain, {m});
  return same;
}

}  // namespace

TEST_CASE("compute_at") {
  CHECK_BOTH(places_one_stage_in_another_from_the_last_on());
  CHECK_BOTH(keeps_what_is_computed("y"));
  CHECK_BOTH(keeps_what_is_computed("x"));
  CHECK_BOTH(keeps_only_what_one_turn_reads());
  CHECK_BOTH(computes_nothing_outside_of_the_tensor());
  CHECK_BOTH(clamped_reads_need_no_more_than_plain_ones());
  CHECK_BOTH(leaves_a_dimension_whole_whose_extent_is_told_at_run_time());
  CHECK_BOTH(divides_by_nothing_that_is_0());
}

TEST_CASE("compute_at refuses") {
  auto const says = [](step const& s) {
    return std::string(lower::compute_at(programs::blur(4, 4), s).refused.sentence);
  };
  CHECK(says(compute_at(tensor_name{"bz"}, loop("by", "y"))) ==
        "compute_at(bz, by[y]): no tensor is called bz; the tensors are in, by, bx");
  CHECK(says(compute_at(tensor_name{"in"}, loop("by", "y"))) ==
        "compute_at(in, by[y]): in is handed to the operator, not computed by it; cache(in, ...) copies a part of it");
  CHECK(says(compute_at(tensor_name{"by"}, loop("by", "y"))) ==
        "compute_at(by, by[y]): by is an output, all of which the caller wants; only what lies between stages can be "
        "placed in a loop");
  CHECK(says(compute_at(bx, loop("bx", "y"))) ==
        "compute_at(bx, bx[y]): bx[y] is a loop of bx itself; name a loop of a stage that reads bx");
  CHECK(says(compute_at(bx, loop("y"))) ==
        "compute_at(bx, y): several stages have a loop called y; say which: bx[y] or by[y]");

  ir::program const split_first = lower::split_loop(programs::blur(4, 4), split(loop("bx", "x"), 2));
  CHECK(lower::compute_at(split_first, compute_at(bx, loop("by", "y"))).refused.sentence ==
        "compute_at(bx, by[y]): the loops of bx were taken apart before; place it first, then arrange its loops");
  CHECK(lower::compute_at(blur_at("y"), compute_at(bx, loop("by", "x"))).refused.sentence ==
        "compute_at(bx, by[x]): bx is computed in another loop already; say one place for it");

  ir::program marked = programs::blur(4, 4);
  marked[ir::axis_id{4}].kind = ir::loop_kind::vectorized;
  CHECK(lower::compute_at(marked, compute_at(bx, loop("by", "x"))).refused.sentence ==
        "compute_at(bx, by[x]): by[x] is vectorized, and its turns are one; name a loop around it");

  programs::maker m{};
  auto const x = m.input("x", {4, 4});
  auto const y = m.output("y", {4, 4});
  auto const z = m.output("z", {4});
  auto const t = m.temporary("t", {4, 4});
  auto const i = m.axis(t, "i", 4), j = m.axis(t, "j", 4);
  m.stage(t, {i, j}, m.load(x, {m.at(i), m.at(j)}));
  auto const i2 = m.axis(y, "i", 4), j2 = m.axis(y, "j", 4);
  m.stage(y, {i2, j2}, m.binary(ir::op::add, m.load(t, {m.at(i2), m.at(j2)}), m.load(t, {m.at(j2), m.at(i2)})));
  ir::program const one_reader = programs::maker(m).done();
  CHECK(lower::compute_at(one_reader, compute_at(tensor_name{"t"}, loop("y", "i"))).refused.sentence ==
        "compute_at(t, y[i]): the reads of t in y[i] lie apart in dimension 0 by what is not the same in every turn; "
        "choose a "
        "loop further out");
  auto const i3 = m.axis(z, "i", 4);
  m.stage(z, {i3}, m.load(t, {m.at(i3), m.at(i3)}));
  ir::program const two_readers = m.done();
  CHECK(lower::compute_at(two_readers, compute_at(tensor_name{"t"}, loop("y", "i"))).refused.sentence ==
        "compute_at(t, y[i]): t is read by z, outside of loop y[i], too; name a loop around all reads, or leave it at "
        "the root");
  CHECK(lower::compute_at(doubled_rows(), compute_at(tensor_name{"t"}, loop("t", "k"))).refused.sentence ==
        "compute_at(t, t[k]): t[k] is a loop of t itself; name a loop of a stage that reads t");

  // The other stage has a place of its own, or one outside.
  char const* const sentence =
      "compute_at(t, u[i]): another tensor is computed inside t already, and a part of t is needed only; say this step "
      "first";
  ir::program const placed = lower::compute_at(three_stages(), first);
  CHECK(lower::compute_at(placed, second).refused.sentence == sentence);
  CHECK(lower::compute_at(lower::store_at(placed, store_root(tensor_name{"s"})), second).refused.sentence == sentence);
}
