#include <tenon/lower/cache_reads.hpp>

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

}  // namespace

TEST_CASE("cache_reads") { CHECK_BOTH(a_cache_may_reach_beyond_the_tensor()); }
