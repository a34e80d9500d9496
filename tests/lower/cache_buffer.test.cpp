#include <doctest/doctest.h>

#include <tenon/lower/cache_buffer.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/cache.hpp>
#include <tenon/schedule/split.hpp>

#include "support/both.hpp"
#include "support/programs.hpp"

using namespace tenon;

namespace {

constexpr loop_name i{.loop = "i"}, j{.loop = "j"}, k{.loop = "k"}, j_outer{.loop = "j.outer"},
    j_inner{.loop = "j.inner"};
constexpr tensor_name x{"x"}, w{"w"}, y{"y"}, in{"in"}, bx{"bx"};

constexpr ir::program cache_rows() { return lower::cache_buffer(programs::matmul(3, 5, 4), cache(x, i, order(k))); }

constexpr bool reads_of_a_row_come_from_the_cache() {
  return programs::same_outputs(cache_rows(), programs::matmul(3, 5, 4));
}

constexpr bool the_cache_has_the_named_loops_as_dimensions() {
  ir::program const p = cache_rows();
  ir::buffer const& made = p.buffers.back();
  return made.name == cached(x).name && made.rank == 1 && ir::is_constant(p, made.extents[0], 4) &&
         made.type == element::f32 && made.use == ir::role::temporary && made.where == ir::memory::automatic;
}

/// matmul with j split by 4 under a guard: w is read beyond its columns unless a condition forbids it.
constexpr ir::program guarded_matmul(int columns) {
  return lower::split_loop(programs::matmul(3, columns, 4), split(j, 4, tail::guard));
}

constexpr bool a_cache_may_reach_beyond_the_tensor() {
  ir::program const cached_w =
      lower::cache_buffer(guarded_matmul(6), cache(w, i, order(j_outer, k, j_inner), space::workspace));
  return programs::same_outputs(cached_w, programs::matmul(3, 6, 4)) &&
         cached_w.buffers.back().where == ir::memory::workspace;
}

constexpr bool writes_go_through_the_cache() {
  ir::program const p = lower::cache_buffer(guarded_matmul(6), cache(y, i, order(j_outer, j_inner)));
  return programs::same_outputs(p, programs::matmul(3, 6, 4));
}

constexpr bool a_box_of_the_input_is_cached() {
  ir::program const p = lower::cache_buffer(programs::blur(4, 5), cache(in, bx[loop_name{.loop = "y"}]));
  ir::buffer const& made = p.buffers.back();
  return programs::same_outputs(p, programs::blur(4, 5)) && ir::is_constant(p, made.extents[0], 1) &&
         ir::is_constant(p, made.extents[1], 7);
}

constexpr bool a_box_with_a_halo_is_zero_outside() {
  ir::program const split_neighbours = lower::split_loop(programs::padded_neighbours(10), split(i, 4, tail::guard));
  ir::program const p = lower::cache_buffer(split_neighbours, cache(x, loop_name{.loop = "i.outer"}));
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

text refusal_of(ir::program const& p, step const& s) { return lower::cache_buffer(p, s).refused.sentence; }

}  // namespace

TEST_CASE("cache_buffer") {
  CHECK_BOTH(reads_of_a_row_come_from_the_cache());
  CHECK_BOTH(the_cache_has_the_named_loops_as_dimensions());
  CHECK_BOTH(a_cache_may_reach_beyond_the_tensor());
  CHECK_BOTH(writes_go_through_the_cache());
  CHECK_BOTH(a_box_of_the_input_is_cached());
  CHECK_BOTH(a_box_with_a_halo_is_zero_outside());
  CHECK_BOTH(the_cache_knows_the_boundary());
}

TEST_CASE("cache_buffer refuses") {
  ir::program const p = programs::matmul(3, 5, 4);
  CHECK(refusal_of(p, cache({"v"}, i, order(k))) ==
        "cache(v, i, order(k)): no tensor is called v; the tensors are x, w, y, y.sum");
  CHECK(refusal_of(p, cache(x, {.loop = "l"}, order(k))) ==
        "cache(x, l, order(k)): no loop is called l; the loops are i, j, k");
  CHECK(refusal_of(p, cache(x, i, order(j))) ==
        "cache(x, i, order(j)): x also depends on k, a loop inside i; name it in order(...) too");
  CHECK(refusal_of(p, cache(x, i, order(j, k))) ==
        "cache(x, i, order(j, k)): x does not depend on j; leave it out of order(...)");
  CHECK(refusal_of(p, cache(x, j, order(k, i))) ==
        "cache(x, j, order(k, i)): no loop inside j is called i; the loops there are k");
  CHECK(refusal_of(p, cache(y, i)) ==
        "cache(y, i): y is written inside i; say which loops number the copy: cache(y, i, order(...))");
  CHECK(refusal_of(p, cache({"y.sum"}, i, order(k))) ==
        "cache(y.sum, i, order(k)): y.sum lives inside i as it is; name a loop inside which it is only used");
  CHECK(refusal_of(programs::matmul_of_rows(0, 5, 4), cache(w, i, order(k, j))) == "");
}
