#include <tenon/target/cuda/execute/memory.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"
#include "support/emulated.hpp"

namespace {

using namespace tenon;

/// Elements of one type, several at a time where its size and the rows allow it.
template <class T, int Columns>
struct copied {
  axis<"i", 3> i;
  axis<"j", Columns> j;
  tensor<"x", T, 3, Columns> x;
  tensor<"y", T, 3, Columns> y;
  constexpr auto define() const { return y(i, j) = x(i, j); }
  constexpr auto schedule(cuda_target) const {
    return steps(split(j, 8, tail::guard), bind(i, block_x), bind(j.outer, thread_x), vectorize(j.inner));
  }
};

TEST_CASE("memory: every element type, wide and narrow") {
  CHECK(emulated::disagreement<copied<bool, 16>>() == "");
  CHECK(emulated::disagreement<copied<std::int8_t, 16>>() == "");
  CHECK(emulated::disagreement<copied<bfloat16, 24>>() == "");
  CHECK(emulated::disagreement<copied<half, 13>>() == "");
  CHECK(emulated::disagreement<copied<float, 20>>() == "");
  CHECK(emulated::disagreement<copied<std::int64_t, 9>>() == "");
  CHECK(emulated::disagreement<copied<double, 10>>() == "");
}

}  // namespace
