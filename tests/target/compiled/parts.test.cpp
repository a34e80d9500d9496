#include <tenon/target/compiled/parts.hpp>

#include <type_traits>

#include "support/both.hpp"

namespace {

using namespace tenon;

template <class... F>
struct list;

constexpr bool finds_each_buffer_of_a_chain() {
  constexpr auto x = static_cast<ir::buffer_id>(3);
  constexpr auto y = static_cast<ir::buffer_id>(5);
  int of_x = 7;
  double of_y = 0.5;
  compiled::local<x, int, compiled::no_locals> const outer{&of_x, {}};
  compiled::local<y, double, compiled::local<x, int, compiled::no_locals>> const inner{&of_y, outer};
  return compiled::find_local<x>(inner) == 7 && compiled::find_local<y>(inner) == 0.5;
}
constexpr bool counts_functions_from_one() {
  return std::is_same_v<compiled::function_at<1, list<int, float>>, int> &&
         std::is_same_v<compiled::function_at<2, list<int, float>>, float>;
}

TEST_CASE("parts") {
  CHECK_BOTH(finds_each_buffer_of_a_chain());
  CHECK_BOTH(counts_functions_from_one());
}

}  // namespace
