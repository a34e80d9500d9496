#include <tenon/language/arithmetic.hpp>
#include <tenon/language/cast.hpp>
#include <tenon/language/stage.hpp>

#include "language/evaluated.hpp"
#include "support/both.hpp"

using namespace tenon;
using evaluated::result;

namespace {

struct conversions {
  axis<"i", 4> i;
  tensor<"x", float, 4> x;
  tensor<"whole", std::int8_t, 4> whole;
  tensor<"truth", bool, 4> truth;
  tensor<"back", half, 4> back;
  constexpr auto define() const {
    return stages(whole(i) = cast<int8>(x(i)), truth(i) = cast<bool>(x(i)), back(i) = cast<float>(whole(i)) / 2);
  }
};

constexpr bool values_are_cast_as_in_cpp() {
  std::vector<evaluated::values> const in{{1.9, -1.9, 0, 100.5}};
  conversions const op{};
  return result(op, 2, in) == std::vector<double>{1, -1, 0, 100} &&
         result(op, 3, in) == std::vector<double>{1, 1, 0, 1} &&
         result(op, 4, in) == std::vector<double>{0.5, -0.5, 0, 50};
}

struct embedding {
  axis<"i", 4> i;
  axis<"j", 2> j;
  tensor<"word", std::uint8_t, 4> word;
  tensor<"table", float, 3, 2> table;
  tensor<"y", float, 4, 2> y;
  constexpr auto define() const { return y(i, j) = table(within<0, 3>(word(i)), j); }
};

constexpr bool an_index_may_be_loaded() {
  return result(embedding{}, 3, {{2, 0, 1, 200}, {1, 2, 3, 4, 5, 6}}) == std::vector<double>{5, 6, 1, 2, 3, 4, 5, 6};
}

struct any_number_of_words {
  axis<"i", run_time<"N">> i;
  tensor<"word", std::int32_t, run_time<"N">> word;
  tensor<"table", float, run_time<"V">> table;
  tensor<"y", float, run_time<"N">> y;
  constexpr auto define() const { return y(i) = table(within<0, run_time<"V">>(word(i))); }
};

constexpr bool its_range_may_come_with_the_call() {
  return result(any_number_of_words{}, 3, {{1, -5, 9}, {10, 20}}, {3, 2}) == std::vector<double>{20, 10, 20};
}

struct requantised {
  axis<"i", 4> i;
  tensor<"x", std::int32_t, 4> x;
  tensor<"y", std::int32_t, 4> y;
  constexpr auto define() const { return y(i) = multiply_shift(x(i), 1 << 30, 31); }
};

constexpr bool fixed_point_rounds_halves_up() {
  return result(requantised{}, 2, {{3, -3, 2000000000, -7}}) == std::vector<double>{2, -1, 1000000000, -3};
}

}  // namespace

TEST_CASE("cast") {
  CHECK_BOTH(values_are_cast_as_in_cpp());
  CHECK_BOTH(an_index_may_be_loaded());
  CHECK_BOTH(its_range_may_come_with_the_call());
  CHECK_BOTH(fixed_point_rounds_halves_up());
}
