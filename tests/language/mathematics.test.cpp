#include <tenon/language/arithmetic.hpp>
#include <tenon/language/mathematics.hpp>
#include <tenon/language/stage.hpp>

#include "language/evaluated.hpp"
#include "support/both.hpp"

using namespace tenon;
using evaluated::result;

namespace {

struct functions {
  axis<"i", 2> i;
  tensor<"x", double, 2> x;
  tensor<"y", double, 2> y;
  constexpr auto define() const {
    return y(i) = exp(log(x(i))) + exp2(log2(x(i))) + sqrt(x(i) * x(i)) + 1 / (rsqrt(x(i)) * rsqrt(x(i))) +
                  pow(x(i), 2) + tanh(0 * x(i)) + sigmoid(0 * x(i)) + erf(0 * x(i)) + sin(0 * x(i)) + cos(0 * x(i)) +
                  floor(x(i) + 0.5) + ceil(x(i) - 0.5) + round(x(i) + 0.25) + trunc(-x(i) - 0.5);
  }
};

constexpr bool functions_have_their_meaning() {
  std::vector<double> const y = result(functions{}, 2, {{4, 1}});
  double const a = y[0] - (4 + 4 + 4 + 4 + 16 + 0.5 + 1 + 4 + 4 + 4 - 4);
  double const b = y[1] - (1 + 1 + 1 + 1 + 1 + 0.5 + 1 + 1 + 1 + 1 - 1);
  return a * a < 1e-20 && b * b < 1e-20;
}

struct accuracies {
  axis<"i", 2> i;
  tensor<"x", half, 2> x;
  tensor<"y", float, 2> y;
  constexpr auto define() const { return y(i) = exp<accuracy::fast>(x(i)) + tanh(x(i)) + sin<accuracy::exact>(x(i)); }
};

constexpr bool each_function_has_its_accuracy() {
  ir::program const p = stage(accuracies{});
  int seen = 0;
  for (ir::node const& n : p.nodes) {
    if (n.what != ir::op::math) continue;
    accuracy const wanted = n.function() == ir::math::exp    ? accuracy::fast
                            : n.function() == ir::math::tanh ? accuracy::high
                                                             : accuracy::exact;
    seen += n.value == static_cast<std::int64_t>(wanted) && n.type == element::f32;
  }
  return seen == 3;
}

}  // namespace

TEST_CASE("mathematics") {
  CHECK_BOTH(functions_have_their_meaning());
  CHECK_BOTH(each_function_has_its_accuracy());
}
