#include <tenon/lower/cache_dimensions.hpp>

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

constexpr auto i = loop("i"), k = loop("k");
constexpr tensor_name x{"x"};

constexpr ir::program cache_rows() { return lower::cache_buffer(programs::matmul(3, 5, 4), cache(x, i, order(k))); }

constexpr bool the_cache_has_the_named_loops_as_dimensions() {
  ir::program const p = cache_rows();
  ir::buffer const& made = p.buffers.back();
  return made.name == cached(x).name && made.rank == 1 && ir::is_constant(p, made.extents[0], 4) &&
         made.type == element::f32 && made.use == ir::role::temporary && made.where == ir::memory::automatic;
}

}  // namespace

TEST_CASE("cache_dimensions") { CHECK_BOTH(the_cache_has_the_named_loops_as_dimensions()); }
