#include <tenon/target/cuda/execute/copy.hpp>

#include "support/both.hpp"
#include "support/emulated.hpp"

namespace {

using namespace tenon;

/// Strips of one element type, copied ahead as wide as it goes.
template <class T, int K, int Columns>
struct strips {
  axis<"j", Columns> j;
  axis<"k", K> k;
  tensor<"x", T, K, Columns> x;
  tensor<"y", T, Columns> y;
  constexpr auto define() const { return y(j) = sum(k, x(k, j)); }
  constexpr auto schedule(cuda_target) const {
    nested_loop<2> const row{loop_name{.loop = "d0"}}, column{loop_name{.loop = "d1"}};
    return steps(split(j, 32, tail::guard), split(k, 4, tail::guard), reorder(j.outer, k.outer, j.inner, k.inner),
                 bind(j.outer, block_x), bind(j.inner, thread_x), cache(x, k.outer, space::shared),
                 unroll(cached(x)[row]), split(cached(x)[column], 8), bind(cached(x)[column.outer], thread_x),
                 vectorize(cached(x)[column.inner]), pipeline(k.outer, 3));
  }
};

TEST_CASE("copy: as many bytes at a time as lie side by side") {
  CHECK(emulated::disagreement<strips<std::int32_t, 16, 64>>() == "");
  CHECK(emulated::disagreement<strips<std::int32_t, 15, 61>>(2) == "");
  CHECK(emulated::disagreement<strips<double, 10, 34>>(3) == "");
  CHECK(emulated::disagreement<strips<std::int8_t, 12, 64>>(4) == "");
  CHECK(emulated::disagreement<strips<std::int8_t, 9, 33>>(5) == "");  // single bytes are stored, not copied
}

}  // namespace
