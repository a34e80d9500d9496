#include <tenon/lower/place_buffers.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/cache_buffer.hpp>
#include <tenon/lower/mark_loop.hpp>
#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/cache.hpp>
#include <tenon/schedule/place.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/split.hpp>
#include <tenon/schedule/unroll.hpp>
#include <tenon/schedule/vectorize.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i"), j = loop("j"), k = loop("k");
constexpr tensor_name w{"w"}, y{"y"};

constexpr ir::memory memory_of(ir::program const& p, tensor_name const& t) { return p[lower::find_buffer(p, t)].where; }

constexpr ir::program tile(bool marked) {
  ir::program p = lower::split_loop(programs::matmul(4, 32, 64), split(j, 16));
  p = lower::reorder_loops(p, reorder(j.outer, k, i, j.inner));
  p = lower::cache_buffer(p, cache(w, j.outer, order(k, j.inner)));
  if (!marked) return p;
  p = lower::mark_loop(p, unroll(i));
  return lower::mark_loop(p, vectorize(j.inner));
}

constexpr bool a_tile_of_known_indices_lives_in_registers() {
  return memory_of(lower::place_buffers(tile(true)), accumulator(y)) == ir::memory::registers;
}

constexpr bool a_tile_of_counted_indices_lives_on_the_stack() {
  ir::program const p = lower::place_buffers(tile(false));
  return memory_of(p, accumulator(y)) == ir::memory::stack && memory_of(p, cached(w)) == ir::memory::stack;
}

constexpr bool a_large_cache_lives_in_the_workspace() {
  ir::program const p = lower::cache_buffer(programs::matmul(2, 64, 128), cache(w, i, order(j, k)));
  return memory_of(lower::place_buffers(p), cached(w)) == ir::memory::workspace;
}

constexpr bool what_the_user_says_stays() {
  ir::program const p = lower::place_buffer(tile(true), place(cached(w), space::workspace));
  return memory_of(lower::place_buffers(p), cached(w)) == ir::memory::workspace;
}

}  // namespace

TEST_CASE("place_buffers") {
  CHECK_BOTH(a_tile_of_known_indices_lives_in_registers());
  CHECK_BOTH(a_tile_of_counted_indices_lives_on_the_stack());
  CHECK_BOTH(a_large_cache_lives_in_the_workspace());
  CHECK_BOTH(what_the_user_says_stays());
}

TEST_CASE("place_buffer refuses") {
  CHECK(lower::place_buffer(tile(true), place(w, space::stack)).refused.sentence ==
        "place(w, space::stack): w is an argument, and its memory is the caller's; cache(w, ...) makes a copy of ours");
  CHECK(lower::place_buffer(tile(true), place({"v"}, space::stack)).refused.sentence ==
        "place(v, space::stack): no tensor is called v; the tensors are x, w, y, y.sum, w.cache");
}
