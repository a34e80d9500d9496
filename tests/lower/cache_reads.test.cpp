#include <tenon/lower/cache_reads.hpp>

#include <cstdint>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/cache_buffer.hpp>
#include <tenon/lower/compute_at.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/cache.hpp>
#include <tenon/schedule/compute_at.hpp>
#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i"), j = loop("j"), k = loop("k");
constexpr tensor_name w{"w"};

/// matmul with j split by 4 under a guard: w is read beyond its columns unless a condition forbids it.
constexpr ir::program guarded_matmul(int columns) {
  return lower::split_loop(programs::matmul(3, columns, 4), split(j, 4, tail::guard));
}

constexpr bool a_cache_may_reach_beyond_the_tensor() {
  ir::program const cached_w =
      lower::cache_buffer(guarded_matmul(6), cache(w, i, order(j.outer, k, j.inner), space::workspace));
  return programs::same_outputs(cached_w, programs::matmul(3, 6, 4)) &&
         cached_w.buffers.back().where == ir::memory::workspace;
}

/// The body is never reached where M is 0, but the copying is, and asks by divisions whether there is something to copy.
constexpr bool divides_by_nothing_that_is_0() {
  tensor_name const s{"s"}, t{"t"};
  ir::program const plain = programs::wrapped_at_run_time();
  ir::program p = lower::compute_at(plain, compute_at(t, loop("y", "j")));
  p = lower::compute_at(p, compute_at(s, loop("t", "i")));
  p = lower::cache_buffer(p, cache(s, loop("t", "k")));
  bool same = !p.refused;
  for (std::int64_t m : {0, 2, 5}) same &= programs::same_outputs(p, plain, {m});
  return same;
}

}  // namespace

TEST_CASE("cache_reads") {
  CHECK_BOTH(a_cache_may_reach_beyond_the_tensor());
  CHECK_BOTH(divides_by_nothing_that_is_0());
}
