#include <tenon/language/arithmetic.hpp>
#include <tenon/language/cast.hpp>
#include <tenon/language/choice.hpp>
#include <tenon/language/stage.hpp>

#include "language/evaluated.hpp"
#include "support/both.hpp"

using namespace tenon;
using evaluated::result;

namespace {

struct on_integers {
  axis<"i", 4> i;
  tensor<"a", std::int32_t, 4> a;
  tensor<"b", std::int32_t, 4> b;
  tensor<"sum", std::int32_t, 4> sum;
  tensor<"quotient", std::int32_t, 4> quotient;
  tensor<"bits", std::int32_t, 4> bits;
  tensor<"order", bool, 4> order;

  constexpr auto define() const {
    return stages(sum(i) = a(i) + b(i) * 2 - 1,                                            //
                  quotient(i) = a(i) / b(i) * 100 + a(i) % b(i),                           //
                  bits(i) = (a(i) & b(i)) | ((a(i) ^ ~b(i)) << 3) | (a(i) >> 1),           //
                  order(i) = (a(i) < b(i) && !(a(i) == 3)) || a(i) >= 7 || a(i) != a(i));
  }
};

constexpr bool integers_are_computed_as_in_cpp() {
  std::vector<evaluated::values> const in{{7, -7, 3, 5}, {2, 2, -2, 9}};
  std::vector<double> bits{};
  for (auto [a, b] : {std::pair{7, 2}, {-7, 2}, {3, -2}, {5, 9}}) bits.push_back((a & b) | ((a ^ ~b) * 8) | (a >> 1));
  on_integers const op{};
  return result(op, 3, in) == std::vector<double>{10, -4, -2, 22} &&
         result(op, 4, in) == std::vector<double>{301, -301, -99, 5} && result(op, 5, in) == bits &&
         result(op, 6, in) == std::vector<double>{1, 1, 0, 1};
}

struct on_reals {
  axis<"i", 3> i;
  tensor<"a", double, 3> a;
  tensor<"y", double, 3> y;
  tensor<"z", float, 3> z;
  constexpr auto define() const {
    return stages(y(i) = max(min(-a(i), 2), 0.5) / abs(a(i)), z(i) = cast<float>(1 - a(i) * 0.1));
  }
};

constexpr bool numbers_take_the_type_of_their_neighbour() {
  std::vector<evaluated::values> const in{{-4, -1, 1}};
  return result(on_reals{}, 2, in) == std::vector<double>{0.5, 1, 0.5} &&
         result(on_reals{}, 3, in) == std::vector<double>{1.4F, 1.1F, 0.9F};
}

struct on_indices {
  axis<"i", 7> i;
  tensor<"x", std::int64_t, 3> x;
  tensor<"y", std::int64_t, 7> y;
  tensor<"z", std::int64_t, 7> z;
  constexpr auto define() const {
    return stages(y(i) = x((i + 1) % 3) * 10 + x(i / 3), z(i) = (i - 3) / 2 * 10 + (i - 3) % 2);
  }
};

constexpr bool indices_round_down() {
  std::vector<evaluated::values> const in{{1, 2, 3}};
  return result(on_indices{}, 2, in) == std::vector<double>{21, 31, 11, 22, 32, 12, 23} &&
         result(on_indices{}, 3, in) == std::vector<double>{-19, -10, -9, 0, 1, 10, 11};
}

struct on_short_floats {
  axis<"i", 2> i;
  tensor<"x", half, 2> x;
  tensor<"w", bfloat16, 2> w;
  tensor<"q", int4x2, 2> q;
  tensor<"y", half, 2> y;
  tensor<"p", std::int8_t, 2> p;
  constexpr auto define() const { return stages(y(i) = x(i) * w(i) + 1, p(i) = q(i) * q(i) + q(i)); }
};

constexpr bool short_numbers_are_computed_with_as_longer_ones() {
  ir::program const p = stage(on_short_floats{});
  for (ir::node const& n : p.nodes) {
    if (n.what == ir::op::mul && n.type != element::f32 && n.type != element::i8) return false;
  }
  std::vector<evaluated::values> const in{{2, 1.0009765625}, {3, 1.0078125}, {-8, 7}};
  return result(on_short_floats{}, 4, in) == std::vector<double>{7, 2.009765625} &&
         result(on_short_floats{}, 5, in) == std::vector<double>{56, 56};
}

struct squares {
  axis<"i", 3> i;
  tensor<"x", float, 3> x;
  tensor<"y", float, 3> y;
  constexpr auto define() const { return y(i) = (x(i) + 1) * (x(i) + 1) - (x(i) + 1); }
};

constexpr bool one_formula_is_one_node() {
  ir::program const p = stage(squares{});
  int additions = 0;
  for (ir::node const& n : p.nodes) additions += n.what == ir::op::add;
  return additions == 1 && p.accesses.size() == 3;
}

constexpr bool a_number_that_does_not_fit_is_refused() {
  struct op {
    axis<"i", 4> i;
    tensor<"x", std::uint8_t, 4> x;
    tensor<"y", std::uint8_t, 4> y;
    constexpr auto define() const { return y(i) = x(i) + -1; }
  };
  return evaluated::refusal_of(op{}) ==
         "y(i) = ...: -1 is no value of type uint8; cast the other operand to a wider type";
}

}  // namespace

TEST_CASE("arithmetic") {
  CHECK_BOTH(integers_are_computed_as_in_cpp());
  CHECK_BOTH(numbers_take_the_type_of_their_neighbour());
  CHECK_BOTH(indices_round_down());
  CHECK_BOTH(short_numbers_are_computed_with_as_longer_ones());
  CHECK_BOTH(one_formula_is_one_node());
  CHECK_BOTH(a_number_that_does_not_fit_is_refused());
}
