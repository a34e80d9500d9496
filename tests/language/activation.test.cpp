#include <tenon/language/activation.hpp>
#include <tenon/language/reduction.hpp>
#include <tenon/language/stage.hpp>

#include "language/evaluated.hpp"
#include "support/both.hpp"

using namespace tenon;
using evaluated::result;

namespace {

struct activations {
  axis<"i", 3> i;
  tensor<"x", float, 3> x;
  tensor<"r", float, 3> r;
  tensor<"g", float, 3> g;
  tensor<"s", float, 3> s;
  tensor<"c", float, 3> c;
  constexpr auto define() const {
    return stages(r(i) = relu(x(i)), g(i) = gelu(x(i)), s(i) = silu(x(i)), c(i) = clamp(x(i), -1, 1));
  }
};

constexpr bool near(double a, double b) { return (a - b) * (a - b) < 1e-12; }

constexpr bool activations_have_their_meaning() {
  std::vector<evaluated::values> const in{{-1.5, 0, 2}};
  activations const op{};
  std::vector<double> const g = result(op, 3, in);
  std::vector<double> const s = result(op, 4, in);
  return result(op, 2, in) == std::vector<double>{0, 0, 2} && result(op, 5, in) == std::vector<double>{-1, 0, 1} &&
         near(g[0], -0.1004284) && g[1] == 0 && near(g[2], 1.9545977) && near(s[0], -0.2736388) && s[1] == 0 &&
         near(s[2], 1.7615942);
}

struct gelu_of_a_sum {
  axis<"i", 2> i;
  axis<"k", 3> k;
  tensor<"x", float, 2, 3> x;
  tensor<"y", float, 2> y;
  constexpr auto define() const { return y(i) = gelu(sum(k, x(i, k))); }
};

constexpr bool what_a_formula_reads_often_is_computed_once() { return stage(gelu_of_a_sum{}).buffers.size() == 4; }

}  // namespace

TEST_CASE("activation") {
  CHECK_BOTH(activations_have_their_meaning());
  CHECK_BOTH(what_a_formula_reads_often_is_computed_once());
}
