#include <tenon/lower/cache_writes.hpp>

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

constexpr auto i = loop("i"), j = loop("j");
constexpr tensor_name y{"y"};

/// matmul with j split by 4 under a guard: w is read beyond its columns unless a condition forbids it.
constexpr ir::program guarded_matmul(int columns) {
  return lower::split_loop(programs::matmul(3, columns, 4), split(j, 4, tail::guard));
}

constexpr bool writes_go_through_the_cache() {
  ir::program const p = lower::cache_buffer(guarded_matmul(6), cache(y, i, order(j.outer, j.inner)));
  return programs::same_outputs(p, programs::matmul(3, 6, 4));
}

}  // namespace

TEST_CASE("cache_writes") { CHECK_BOTH(writes_go_through_the_cache()); }
