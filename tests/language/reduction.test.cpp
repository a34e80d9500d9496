#include <tenon/ir/find.hpp>
#include <tenon/language.hpp>

#include "language/evaluated.hpp"
#include "support/both.hpp"

using namespace tenon;
using evaluated::result;

namespace {

struct reductions {
  axis<"i", 2> i;
  axis<"k", 4> k;
  tensor<"x", float, 2, 4> x;
  tensor<"total", float, 2> total;
  tensor<"multiplied", float, 2> multiplied;
  tensor<"range", float, 2> range;
  tensor<"where", std::int64_t, 2> where;
  tensor<"truth", bool, 2> truth;
  constexpr auto define() const {
    return stages(total(i) = sum(k, x(i, k)),                                                  //
                  multiplied(i) = product(k, x(i, k) + 1),                                     //
                  range(i) = maximum(k, x(i, k)) - minimum(k, x(i, k)),                        //
                  where(i) = argmax(k, x(i, k)) * 10 + argmin(k, x(i, k)),                     //
                  truth(i) = any(k, x(i, k) == 3) && all(k, x(i, k) < 5));
  }
};

constexpr bool reductions_have_their_meaning() {
  std::vector<evaluated::values> const in{{1, 3, 2, 3, -5, 0, 7, -5}};
  reductions const op{};
  return result(op, 2, in) == std::vector<double>{9, -3} && result(op, 3, in) == std::vector<double>{96, 128} &&
         result(op, 4, in) == std::vector<double>{2, 12} && result(op, 5, in) == std::vector<double>{10, 20} &&
         result(op, 6, in) == std::vector<double>{1, 0};
}

constexpr bool the_first_of_equals_is_found() {
  struct op {
    axis<"k", 4> k;
    tensor<"x", std::uint8_t, 4> x;
    tensor<"y", std::int64_t> y;
    constexpr auto define() const { return y = argmax(k, x(k)); }
  };
  return result(op{}, 2, {{0, 0, 0, 0}}) == std::vector<double>{0} &&
         result(op{}, 2, {{1, 4, 4, 4}}) == std::vector<double>{1};
}

struct softmax {
  axis<"i", 2> i;
  axis<"j", 3> j;
  axis<"k", 3> k;
  tensor<"x", double, 2, 3> x;
  tensor<"y", double, 2, 3> y;
  constexpr auto define() const {
    auto const top = maximum(k, x(i, k));
    return y(i, j) = exp(x(i, j) - top) / sum(k, exp(x(i, k) - top));
  }
};

constexpr bool a_reduction_inside_another_stands_before_it_if_it_can() {
  ir::program const p = stage(softmax{});
  int nested = 0;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what != ir::op::loop || !p[p[id].axis()].reduces) return;
    ir::each_statement(p, p[id].a, [&](ir::node_id inner) { nested += p[inner].what == ir::op::loop; });
  });
  std::vector<double> const y = result(softmax{}, 2, {{1, 1, 1, 0, 0, 1e9}});
  return nested == 0 && p.buffers.size() == 5 && y[0] + y[1] + y[2] > 0.9999 && y[3] == 0 && y[5] == 1;
}

struct variance {
  axis<"i", 2> i;
  axis<"k", 4> k;
  tensor<"x", float, 2, 4> x;
  tensor<"y", float, 2> y;
  constexpr auto define() const {
    auto const mean = sum(k, x(i, k)) / 4;
    return y(i) = mean + sum(k, (x(i, k) - mean) * (x(i, k) - mean)) / 4;
  }
};

constexpr bool the_same_reduction_is_made_once() {
  return stage(variance{}).buffers.size() == 5 &&
         result(variance{}, 2, {{1, 3, 5, 7, 2, 2, 2, 2}}) == std::vector<double>{9, 2};
}

struct largest_row_sum {
  axis<"k", 3> k;
  axis<"l", 2> l;
  tensor<"x", std::int32_t, 3, 2> x;
  tensor<"y", std::int32_t> y;
  tensor<"z", std::int32_t> z;
  constexpr auto define() const { return stages(y = maximum(k, sum(l, x(k, l))), z = sum(k, l, x(k, l) * x(k, l))); }
};

constexpr bool a_reduction_that_depends_on_another_stands_inside_it() {
  std::vector<evaluated::values> const in{{1, 2, 5, -1, -3, 9}};
  return result(largest_row_sum{}, 2, in) == std::vector<double>{6} &&
         result(largest_row_sum{}, 3, in) == std::vector<double>{121};
}

struct dot_of_halves {
  axis<"k", 4> k;
  tensor<"x", half, 4> x;
  tensor<"y", half> y;
  constexpr auto define() const { return y = sum(k, x(k)); }
};

constexpr bool short_floats_are_added_up_as_float() {
  ir::program const p = stage(dot_of_halves{});
  return p.buffers[3].type == element::f32 &&
         result(dot_of_halves{}, 2, {{2048, 1, 1, 1}}) == std::vector<double>{2052};
}

}  // namespace

TEST_CASE("reduction") {
  CHECK_BOTH(reductions_have_their_meaning());
  CHECK_BOTH(the_first_of_equals_is_found());
  CHECK_BOTH(a_reduction_inside_another_stands_before_it_if_it_can());
  CHECK_BOTH(the_same_reduction_is_made_once());
  CHECK_BOTH(a_reduction_that_depends_on_another_stands_inside_it());
  CHECK_BOTH(short_floats_are_added_up_as_float());
}
