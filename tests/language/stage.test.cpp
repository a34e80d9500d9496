#include <tenon/ir/find.hpp>
#include <tenon/language.hpp>

#include "language/evaluated.hpp"
#include "support/both.hpp"

using namespace tenon;
using evaluated::result;

namespace {

template <int M, int N, int K>
struct dense_relu {
  axis<"i", M> i;
  axis<"j", N> j;
  axis<"k", K> k;
  tensor<"x", float, M, K> x;
  tensor<"w", float, K, N> w;
  tensor<"b", float, N> b;
  tensor<"y", float, M, N> y;

  constexpr auto define() const { return y(i, j) = relu(sum(k, x(i, k) * w(k, j)) + b(j)); }
};

constexpr bool arguments_stand_in_the_order_of_the_struct() {
  ir::program const p = stage(dense_relu<2, 3, 4>{});
  return p.arguments == 4 && p.buffers[1].name == "x" && p.buffers[2].name == "w" && p.buffers[3].name == "b" &&
         p.buffers[4].name == "y" && p.buffers[4].use == ir::role::output && p.buffers[1].use == ir::role::input;
}

constexpr bool a_reduction_stands_before_what_reads_it() {
  ir::program const p = stage(dense_relu<2, 3, 4>{});
  std::vector<ir::op> order{};
  ir::each_statement(p, p.root, [&](ir::node_id id) { order.push_back(p[id].what); });
  using enum ir::op;
  return order == std::vector{loop, loop, allocate, block, store, block, loop, store, store} &&
         p.buffers[5].name == "y.sum" && p.buffers[5].accumulates && p.axes[3].reduces &&
         p.axes[3].stage == ir::buffer_id{4};
}

constexpr bool dense_relu_is_evaluated() {
  return result(dense_relu<2, 2, 3>{}, 4, {{1, 2, 3, -1, 0, 1}, {1, 4, 2, 5, 3, 6}, {10, -1}}) ==
         std::vector<double>{1 + 4 + 9 + 10, 4 + 10 + 18 - 1, -1 + 3 + 10, 2 - 1};
}

struct blur {
  axis<"y", 4> y;
  axis<"x", 2> x;
  axis<"z", 2> z;
  tensor<"in", float, 4, 4> in;
  temporary<"bx", float, 4, 2> bx;
  tensor<"out", float, 2, 2> out;
  tensor<"count", std::int32_t, 4> count;

  constexpr auto define() const {
    return stages(bx(y, x) = in(y, x) + in(y, x + 1) + in(y, x + 2),   //
                  out(z, x) = bx(z, x) + bx(z + 1, x) + bx(z + 2, x),  //
                  count(y) = cast<int32>(y));
  }
};

constexpr bool stages_follow_each_other() {
  blur const op{};
  std::vector<evaluated::values> const in{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};
  return result(op, 2, in) == std::vector<double>{54, 63, 90, 99} &&
         result(op, 3, in) == std::vector<double>{0, 1, 2, 3};
}

constexpr bool temporaries_come_after_the_arguments() {
  ir::program const p = stage(blur{});
  return p.arguments == 3 && p.buffers[4].name == "bx" && p.buffers[4].use == ir::role::temporary &&
         p[p.root].what == ir::op::allocate && p[p.root].buffer() == ir::buffer_id{4};
}

constexpr bool the_order_of_arguments_is_a_list_of_types() {
  blur const op{};
  return std::is_same_v<arguments_of<blur>, types<decltype(op.in), decltype(op.out), decltype(op.count)>>;
}

struct scaled {
  axis<"i", run_time<"M", 100, 2>> i;
  tensor<"alpha", float> alpha;
  tensor<"x", float, run_time<"M", 100, 2>> x;
  tensor<"y", float, run_time<"M", 100, 2>> y;
  tensor<"total", float> total;
  constexpr auto define() const {
    return stages(y(i) = alpha * x(i), total = alpha + sum(i, x(i)) / cast<float>(extent(i)));
  }
};

constexpr bool extents_may_come_with_the_call() {
  ir::program const p = stage(scaled{});
  return p.parameters.size() == 2 && p.parameters[1].bound == 100 && p.parameters[1].divisor == 2 &&
         result(scaled{}, 3, {{3}, {1, 2, 3, 4}}, {4}) == std::vector<double>{3, 6, 9, 12} &&
         result(scaled{}, 4, {{3}, {1, 2, 3, 4}}, {4}) == std::vector<double>{5.5};
}

/// Sums of neighbours, with the edges repeated in a frame that is longer than what a call says.
struct framed {
  static constexpr auto length = run_time<"M">;
  axis<"i", length> i;
  axis<"j", length + 2> j;
  tensor<"x", float, length> x;
  temporary<"t", float, length + 2> t;
  tensor<"y", float, length> y;
  constexpr auto define() const {
    return stages(t(j) = clamped(x(j - 1)), y(i) = t(i) + 10 * t(i + 1) + 100 * t(i + 2));
  }
};

constexpr bool a_temporary_may_be_longer_than_what_a_call_says() {
  return result(framed{}, 2, {{1, 2, 3}}, {3}) == std::vector<double>{211, 321, 332};
}

}  // namespace

TEST_CASE("stage") {
  CHECK_BOTH(arguments_stand_in_the_order_of_the_struct());
  CHECK_BOTH(a_reduction_stands_before_what_reads_it());
  CHECK_BOTH(dense_relu_is_evaluated());
  CHECK_BOTH(stages_follow_each_other());
  CHECK_BOTH(temporaries_come_after_the_arguments());
  CHECK_BOTH(the_order_of_arguments_is_a_list_of_types());
  CHECK_BOTH(extents_may_come_with_the_call());
  CHECK_BOTH(a_temporary_may_be_longer_than_what_a_call_says());
}
