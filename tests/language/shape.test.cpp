#include <tenon/language/shape.hpp>

#include "support/both.hpp"

using namespace tenon;

constexpr bool row_major_strides_end_in_one() { return shape(2, 3, 4).row_major() == shape(12, 4, 1); }
constexpr bool a_shape_takes_numbers_of_any_type() { return shape{std::size_t{2}, 3, 4L}.elements() == 24; }
constexpr bool too_many_elements_are_the_most_there_are() {
  return shape(std::int64_t{1} << 40, std::int64_t{1} << 40).elements() == INT64_MAX &&
         shape(std::int64_t{1} << 40, std::int64_t{1} << 40, 0).elements() == 0;
}
constexpr bool a_shape_is_printed_with_crosses() { return (text{} << shape(3, 4)) == "3 x 4"; }

TEST_CASE("shape") {
  CHECK_BOTH(row_major_strides_end_in_one());
  CHECK_BOTH(a_shape_takes_numbers_of_any_type());
  CHECK_BOTH(too_many_elements_are_the_most_there_are());
  CHECK_BOTH(a_shape_is_printed_with_crosses());
  CHECK((text{} << shape()) == "one element");
}
