#include <tenon/language/tensor.hpp>

#include "support/both.hpp"

using namespace tenon;

namespace {

constexpr bool a_tensor_names_itself_and_loops_of_its_stage() {
  constexpr tensor<"bx", float, 12> bx;
  constexpr axis<"y", 12> y;
  return tensor_name(bx) == tensor_name{"bx"} && bx[y] == loop_name{"bx", "y"} &&
         bx[y.inner] == loop_name{"bx", "y.inner"};
}

constexpr bool an_argument_is_handed_over_by_name() {
  constexpr tensor<"x", float, 3> x;
  constexpr tensor<"alpha", float> alpha;
  float const data[3]{1, 2, 3};
  auto const by_name = x = data;
  auto const scalar = alpha = 0.5F;
  return &by_name.value == &data && std::is_same_v<decltype(by_name)::tensor, tensor<"x", float, 3>> &&
         std::is_same_v<decltype(by_name.value), float const(&)[3]> &&
         std::is_same_v<decltype(scalar)::tensor, tensor<"alpha", float>>;
}

constexpr bool an_element_is_an_expression() {
  constexpr tensor<"x", std::int8_t, 3, 4> x;
  constexpr axis<"i", 3> i;
  auto const e = x(i, 2);
  return expression<decltype(e)> && e.type == element::i8 && !e.index && !e.calls && e.written() == "x(i, a number)";
}

constexpr bool an_assignment_is_a_stage() {
  constexpr tensor<"x", float, 3> x;
  constexpr tensor<"y", float, 3> y;
  constexpr tensor<"total", float> total;
  constexpr axis<"i", 3> i;
  auto const stage = y(i) = x(i);
  auto const other = total = constant(1.0F);
  return std::is_same_v<decltype(stage)::left_side::tensor, tensor<"y", float, 3>> &&
         std::is_same_v<decltype(other)::left_side::tensor, tensor<"total", float>>;
}

}  // namespace

TEST_CASE("tensor") {
  CHECK_BOTH(a_tensor_names_itself_and_loops_of_its_stage());
  CHECK_BOTH(an_argument_is_handed_over_by_name());
  CHECK_BOTH(an_element_is_an_expression());
  CHECK_BOTH(an_assignment_is_a_stage());
}
