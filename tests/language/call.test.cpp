#include <tenon/language/arithmetic.hpp>
#include <tenon/language/call.hpp>
#include <tenon/language/reduction.hpp>
#include <tenon/language/stage.hpp>

#include "language/evaluated.hpp"
#include "support/both.hpp"

using namespace tenon;
using evaluated::result;

namespace {

constexpr float shrink(float x, float by) { return x > by ? x - by : x < -by ? x + by : 0; }
double not_constexpr(double x) noexcept { return x + 1; }

struct doubled {
  constexpr std::int32_t operator()(std::int32_t x) const { return x * 2; }
};

struct calls {
  axis<"i", 3> i;
  axis<"k", 3> k;
  tensor<"x", half, 3> x;
  tensor<"n", std::int32_t, 3> n;
  tensor<"y", float, 3> y;
  tensor<"m", std::int32_t, 3> m;
  constexpr auto define() const {
    return stages(y(i) = call<&shrink>(x(i), 0.5) + call<&shrink>(x(i), 1) * 100,
                  m(i) = call(doubled{}, n(i)) + sum(k, call(doubled{}, n(k))));
  }
};

constexpr bool functions_of_the_user_are_called() {
  std::vector<evaluated::values> const in{{2, -2, 0.25}, {1, 2, 3}};
  return result(calls{}, 3, in) == std::vector<double>{101.5, -101.5, 0} &&
         result(calls{}, 4, in) == std::vector<double>{14, 16, 18};
}

constexpr bool each_function_is_listed_once() {
  return std::is_same_v<functions_of<calls>, types<detail::user_function<&shrink>, detail::user_object<doubled>>> &&
         stage(calls{}).functions.size() == 3 && stage(calls{}).functions[1].arguments == 2;
}

struct calls_at_run_time {
  axis<"i", 2> i;
  tensor<"x", double, 2> x;
  tensor<"y", double, 2> y;
  constexpr auto define() const { return y(i) = call<&not_constexpr>(x(i)); }
};

}  // namespace

TEST_CASE("call") {
  CHECK_BOTH(functions_of_the_user_are_called());
  CHECK_BOTH(each_function_is_listed_once());
  static_assert(stage(calls_at_run_time{}).functions.size() == 2);
  CHECK(result(calls_at_run_time{}, 2, {{1, 2}}) == std::vector<double>{2, 3});
}
