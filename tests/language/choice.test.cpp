#include <tenon/language/arithmetic.hpp>
#include <tenon/language/choice.hpp>
#include <tenon/language/reduction.hpp>
#include <tenon/language/stage.hpp>

#include "language/evaluated.hpp"
#include "support/both.hpp"

using namespace tenon;
using evaluated::result;

namespace {

struct difference {
  axis<"i", 4> i;
  tensor<"x", float, 4> x;
  tensor<"y", float, 4> y;
  tensor<"z", float, 4> z;
  constexpr auto define() const {
    return stages(y(i) = guarded(i > 0, x(i) - x(i - 1), 0), z(i) = select(x(i) < 3, 10, x(i)));
  }
};

constexpr bool a_guarded_value_is_computed_only_where_it_is_taken() {
  return result(difference{}, 2, {{1, 2, 4, 7}}) == std::vector<double>{0, 1, 2, 3};
}
constexpr bool a_select_takes_one_of_two() {
  return result(difference{}, 3, {{1, 2, 4, 7}}) == std::vector<double>{10, 10, 4, 7};
}

struct with_row_before {
  axis<"i", 4> i;
  tensor<"x", float, 4, 3> x;
  tensor<"y", float, 4> y;
  constexpr auto define() const { return y(i) = guarded(i > 0, x(i - 1, 0) + x(i, 1), 0); }
};

constexpr bool a_condition_may_keep_a_read_inside() { return evaluated::refusal_of(with_row_before{}).empty(); }

constexpr bool a_reduction_is_not_kept_inside_by_it() {
  struct op {
    axis<"i", 4> i;
    axis<"k", 3> k;
    tensor<"x", float, 4, 3> x;
    tensor<"y", float, 4> y;
    constexpr auto define() const { return y(i) = guarded(i > 0, sum(k, x(i - 1, k)), 0); }
  };
  return evaluated::refusal_of(op{}) == "y(i) = ...: x is read at index -1 of dimension 0, which has 4 elements; say "
                                        "what is there, as in or_zero(x(...))";
}

}  // namespace

TEST_CASE("choice") {
  CHECK_BOTH(a_guarded_value_is_computed_only_where_it_is_taken());
  CHECK_BOTH(a_select_takes_one_of_two());
  CHECK_BOTH(a_condition_may_keep_a_read_inside());
  CHECK_BOTH(a_reduction_is_not_kept_inside_by_it());
}
