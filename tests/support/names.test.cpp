#include <tenon/support/names.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool knows_the_loops_of_a_split() {
  constexpr nested_loop<3> i{loop_name{.loop = "i"}};
  return i.outer.inner.outer.loop == label("i.outer.inner.outer");
}
constexpr bool says_whose_loop_it_is() {
  return (text{} << tensor_name{"bx"}[loop_name{.loop = "y.outer"}]) == "bx[y.outer]" &&
         (text{} << loop_name{.loop = "y"}) == "y";
}

TEST_CASE("names") {
  CHECK_BOTH(knows_the_loops_of_a_split());
  CHECK_BOTH(says_whose_loop_it_is());
}

}  // namespace
