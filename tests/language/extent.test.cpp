#include <tenon/language/extent.hpp>

#include "support/both.hpp"

using namespace tenon;

namespace {

constexpr bool an_extent_is_a_number_or_a_name() {
  detail::extent const fixed = detail::extent_from(12);
  detail::extent const named = detail::extent_from(run_time<"M", 1024, 16>);
  return fixed.known() && fixed.count == 12 && !named.known() && named.name == "M" && named.bound == 1024 &&
         named.divisor == 16 && !(fixed == named) && extent_like<int> && !extent_like<float>;
}

constexpr bool extents_are_printed_as_the_user_wrote_them() {
  return (text{} << detail::extent_from(12) << " " << detail::extent_from(run_time<"M">) << " "
                 << detail::extent_from(run_time<"M"> + 2)) == "12 M M + 2";
}

constexpr bool an_extent_fits_in_a_longer_one() {
  detail::extent const rows = detail::extent_from(run_time<"M">);
  detail::extent const more = detail::extent_from(run_time<"M"> + 2);
  return rows.fits(rows) && rows.fits(more) && !more.fits(rows) && !rows.fits(detail::extent_from(run_time<"N"> + 2)) &&
         !detail::extent_from(2).fits(detail::extent_from(2)) && !(rows == more);
}

}  // namespace

TEST_CASE("extent") {
  CHECK_BOTH(an_extent_is_a_number_or_a_name());
  CHECK_BOTH(an_extent_fits_in_a_longer_one());
  CHECK_BOTH(extents_are_printed_as_the_user_wrote_them());
}
