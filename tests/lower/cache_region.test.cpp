#include <tenon/lower/cache_region.hpp>

#include <cstdint>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/cache_buffer.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/cache.hpp>
#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i");
constexpr tensor_name x{"x"}, in{"in"}, bx{"bx"};

constexpr bool a_box_of_the_input_is_cached() {
  ir::program const p = lower::cache_buffer(programs::blur(4, 5), cache(in, bx[loop("y")]));
  ir::buffer const& made = p.buffers.back();
  return programs::same_outputs(p, programs::blur(4, 5)) && ir::is_constant(p, made.extents[0], 1) &&
         ir::is_constant(p, made.extents[1], 7);
}

constexpr bool a_box_with_a_halo_is_zero_outside() {
  ir::program const split_neighbours = lower::split_loop(programs::padded_neighbours(10), split(i, 4, tail::guard));
  ir::program const p = lower::cache_buffer(split_neighbours, cache(x, i.outer));
  return programs::same_outputs(p, programs::padded_neighbours(10)) &&
         ir::is_constant(p, p.buffers.back().extents[0], 6);
}

constexpr int conditions(ir::program const& p) {
  int count = 0;
  ir::each_statement(p, p.root, [&](ir::node_id s) {
    ir::each_value_of(p, s, [&](ir::node_id v) { count += p[v].what == ir::op::guarded; });
  });
  return count;
}

constexpr bool the_cache_knows_the_boundary() {
  ir::program const p = lower::cache_buffer(programs::padded_neighbours(10), cache(x, i));
  return conditions(programs::padded_neighbours(10)) == 2 && conditions(p) == 1 &&
         programs::same_outputs(p, programs::padded_neighbours(10));
}

/// y(i) = x((i + 1) % M, i) where there is an x(..., i), else 0
constexpr ir::program guarded_remainder() {
  programs::maker m{};
  auto const rows = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "M"}));
  auto const from = m.tensor("x", element::f32, ir::role::input, {rows, rows});
  auto const y = m.output("y", {3});
  auto const a = m.axis(y, "i", 3);
  auto const next = ir::add_index(m.p, ir::op::floor_mod, ir::add_index(m.p, ir::op::add, m.at(a), 1), rows);
  m.stage(y, {a},
          m.p.add(ir::node{.what = ir::op::guarded,
                           .type = element::f32,
                           .a = m.binary(ir::op::less, m.at(a), rows),
                           .b = m.load(from, {next, m.at(a)}),
                           .c = m.number(0)}));
  return m.done();
}
constexpr bool divides_by_nothing_that_is_0() {
  ir::program const p = lower::cache_buffer(guarded_remainder(), cache(x, i));
  bool same = !p.refused;
  for (std::int64_t m : {0, 2, 5}) same &= programs::same_outputs(p, guarded_remainder(), {m});
  return same;
}

}  // namespace

TEST_CASE("cache_region") {
  CHECK_BOTH(a_box_of_the_input_is_cached());
  CHECK_BOTH(a_box_with_a_halo_is_zero_outside());
  CHECK_BOTH(the_cache_knows_the_boundary());
  CHECK_BOTH(divides_by_nothing_that_is_0());
}
