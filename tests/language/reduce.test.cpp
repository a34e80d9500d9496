#include <tenon/language.hpp>

#include "language/evaluated.hpp"
#include "support/both.hpp"

using namespace tenon;
using evaluated::result;

namespace {

/// Mean, sum of squared distances from it, and number of what was seen.
struct welford {
  static constexpr auto identity() { return values(0, 0, 0); }
  static constexpr auto combine(auto a, auto b) {
    auto const [mean_a, spread_a, count_a] = a;
    auto const [mean_b, spread_b, count_b] = b;
    auto const count = count_a + count_b;
    auto const apart = mean_b - mean_a;
    return values(mean_a + apart * count_b / count, spread_a + spread_b + apart * apart * count_a * count_b / count,
                  count);
  }
};

struct mean_and_variance {
  axis<"i", 2> i;
  axis<"k", 4> k;
  tensor<"x", float, 2, 4> x;
  tensor<"mean", float, 2> mean;
  tensor<"variance", float, 2> variance;

  constexpr auto define() const {
    auto const [m, s, n] = reduce(k, welford{}, x(i, k), 0.0F, 1.0F);
    return stages(mean(i) = m, variance(i) = s / n);
  }
};

constexpr bool welford_gives_mean_and_variance() {
  std::vector<evaluated::values> const x{{1, 3, 5, 7, 2, 2, 2, 2}};
  return result(mean_and_variance{}, 2, x) == std::vector<double>{4, 2} &&
         result(mean_and_variance{}, 3, x) == std::vector<double>{5, 0};
}

struct normalised {
  axis<"i", 2> i;
  axis<"k", 4> k;
  tensor<"x", float, 2, 4> x;
  tensor<"y", float, 2> y;
  constexpr auto define() const {
    auto const [m, s, n] = reduce(k, welford{}, x(i, k), 0.0F, 1.0F);
    return y(i) = m + s / n;
  }
};

constexpr bool the_values_of_a_reduction_share_its_loop() {
  ir::program const p = stage(normalised{});
  int loops = 0;
  for (ir::node const& n : p.nodes) loops += n.what == ir::op::loop;
  return loops == 2 && p.reductions.size() == 2 && p.reductions[1].values == 3 && p.buffers[3].name == "y.reduce" &&
         p.buffers[5].name == "y.reduce3";
}

/// The larger of two, and how often it was seen, over two axes.
struct most {
  static constexpr auto identity() { return values(-1000, 0); }
  static constexpr auto combine(auto a, auto b) {
    auto const [x, n] = a;
    auto const [y, m] = b;
    return values(max(x, y), select(x < y, m, select(x == y, n + m, n)));
  }
};
struct count_of_largest {
  axis<"k", 2> k;
  axis<"l", 3> l;
  tensor<"x", std::int32_t, 2, 3> x;
  tensor<"y", std::int64_t> y;
  constexpr auto define() const {
    auto const [largest, count] = reduce(k, l, most{}, x(k, l), constant<int64>(1));
    return y = count + cast<int64>(largest) * 100;
  }
};

constexpr bool a_reduction_may_run_over_two_axes() {
  return result(count_of_largest{}, 2, {{3, 7, 1, 7, 7, 2}}) == std::vector<double>{703};
}

}  // namespace

TEST_CASE("reduce") {
  CHECK_BOTH(welford_gives_mean_and_variance());
  CHECK_BOTH(the_values_of_a_reduction_share_its_loop());
  CHECK_BOTH(a_reduction_may_run_over_two_axes());
}
