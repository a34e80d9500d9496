#include <tenon/target/cuda/execute/statement.hpp>

#include "support/both.hpp"
#include "support/emulated.hpp"

namespace {

using namespace tenon;

/// Sums whose parts a block of more than a warp puts together through shared memory.
template <int Columns>
struct long_sum {
  axis<"i", 3> i;
  axis<"k", Columns> k;
  tensor<"x", float, 3, Columns> x;
  tensor<"y", float, 3> y;
  constexpr auto define() const { return y(i) = sum(k, x(i, k)); }
  constexpr auto schedule(cuda_target) const {
    return steps(split(k, 64, tail::guard), rfactor(k.inner), bind(k.inner, thread_x), bind(i, block_x));
  }
};
/// Two values that are combined together, by one thread for each row.
struct best {
  axis<"i", 5> i;
  axis<"k", 20> k;
  tensor<"x", float, 5, 20> x;
  tensor<"y", std::int64_t, 5> y;
  constexpr auto define() const { return y(i) = argmax(k, x(i, k)); }
  constexpr auto schedule(cuda_target) const { return steps(bind(i, thread_x)); }
};
/// Fewer threads in one loop than in another; a serial loop around both.
struct uneven {
  axis<"n", 3> n;
  axis<"i", 24> i;
  axis<"j", 16> j;
  tensor<"x", std::int32_t, 3, 24> x;
  temporary<"s", std::int32_t, 3, 24> s;
  tensor<"y", std::int32_t, 3, 16> y;
  constexpr auto define() const { return stages(s(n, i) = x(n, i) * 3, y(n, j) = s(n, j) - s(n, 23 - j)); }
  constexpr auto schedule(cuda_target) const {
    return steps(compute_at(s, y[n]), bind(s[i], thread_x), bind(y[j], thread_x));
  }
};

TEST_CASE("statement: parts of a sum through shared memory") {
  CHECK(emulated::disagreement<long_sum<64>>() == "");
  CHECK(emulated::disagreement<long_sum<131>>(2) == "");
}
TEST_CASE("statement: several values at once") { CHECK(emulated::disagreement<best>() == ""); }
TEST_CASE("statement: loops of different lengths in one place") { CHECK(emulated::disagreement<uneven>() == ""); }

}  // namespace
