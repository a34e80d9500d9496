#include <tenon/language/arithmetic.hpp>
#include <tenon/language/outside.hpp>
#include <tenon/language/reduction.hpp>
#include <tenon/language/stage.hpp>

#include "language/evaluated.hpp"
#include "support/both.hpp"

using namespace tenon;
using evaluated::result;

namespace {

struct boundaries {
  axis<"i", 8> i;
  tensor<"x", std::int32_t, 3> x;
  tensor<"fill", std::int32_t> fill;
  tensor<"zero", std::int32_t, 8> zero;
  tensor<"value", std::int32_t, 8> value;
  tensor<"nearest", std::int32_t, 8> nearest;
  tensor<"around", std::int32_t, 8> around;
  tensor<"mirror", std::int32_t, 8> mirror;
  tensor<"reflect", std::int32_t, 8> reflect;
  constexpr auto define() const {
    return stages(zero(i) = or_zero(x(i - 3)), value(i) = or_value(x(i - 3), fill), nearest(i) = clamped(x(i - 3)),
                  around(i) = wrapped(x(i - 3)), mirror(i) = mirrored(x(i - 3)), reflect(i) = reflected(x(i - 3)));
  }
};

constexpr bool a_read_outside_gives_what_was_said() {
  std::vector<evaluated::values> const in{{1, 2, 3}, {9}};
  boundaries const op{};
  return result(op, 3, in) == std::vector<double>{0, 0, 0, 1, 2, 3, 0, 0} &&
         result(op, 4, in) == std::vector<double>{9, 9, 9, 1, 2, 3, 9, 9} &&
         result(op, 5, in) == std::vector<double>{1, 1, 1, 1, 2, 3, 3, 3} &&
         result(op, 6, in) == std::vector<double>{1, 2, 3, 1, 2, 3, 1, 2} &&
         result(op, 7, in) == std::vector<double>{3, 2, 1, 1, 2, 3, 3, 2} &&
         result(op, 8, in) == std::vector<double>{2, 3, 2, 1, 2, 3, 2, 1};
}

struct convolution {
  axis<"i", 4> i;
  axis<"j", run_time<"N">> j;
  axis<"r", 3> r;
  tensor<"x", float, 4, run_time<"N">> x;
  tensor<"w", float, 3> w;
  tensor<"y", float, 4, run_time<"N">> y;
  constexpr auto define() const { return y(i, j) = sum(r, or_zero(x(i + r - 1, j)) * w(r)); }
};

constexpr bool only_what_may_be_outside_is_asked() {
  ir::program const p = stage(convolution{});
  int conditions = 0;
  for (ir::node const& n : p.nodes) conditions += ir::is_comparison(n.what);
  return conditions == 2 && result(convolution{}, 3, {{1, 10, 2, 20, 3, 30, 4, 40}, {1, 1, 2}}, {2}) ==
                                std::vector<double>{5, 50, 9, 90, 13, 130, 7, 70};
}

constexpr bool one_element_reflects_itself() {
  struct op {
    axis<"i", 3> i;
    tensor<"x", float, 1> x;
    tensor<"y", float, 3> y;
    constexpr auto define() const { return y(i) = reflected(x(i - 1)); }
  };
  return result(op{}, 2, {{5}}) == std::vector<double>{5, 5, 5};
}

}  // namespace

TEST_CASE("outside") {
  CHECK_BOTH(a_read_outside_gives_what_was_said());
  CHECK_BOTH(only_what_may_be_outside_is_asked());
  CHECK_BOTH(one_element_reflects_itself());
}
