#include <tenon/language/unpack.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool hands_over_all_elements() {
  boost::hana::basic_tuple<int, char, int> const of{3, 'b', 4};
  boost::hana::basic_tuple<> const none{};
  return detail::unpack(of, [](int a, char b, int c) { return a == 3 && b == 'b' && c == 4; }) &&
         detail::unpack(none, [](auto const&... each) { return sizeof...(each) == 0; }) &&
         detail::element_at<0>(of) == 3 && detail::element_at<1>(of) == 'b' && detail::element_at<2>(of) == 4;
}

TEST_CASE("unpack") { CHECK_BOTH(hands_over_all_elements()); }

}  // namespace
