#include <tenon/support/static_vector.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool keeps_what_is_put_in() {
  static_vector<int, 3> v{};
  v.push_back(1);
  v.push_back(2);
  v.push_back(3);
  bool const was_full = v.full();
  v.pop_back();
  int sum = 0;
  for (int x : v) sum += x;
  return was_full && v.size() == 2 && v.back() == 2 && sum == 3 && !v.empty();
}
constexpr bool compares_what_is_there() {
  static_vector<int, 3> a{}, b{};
  a.push_back(1);
  bool const differ = !(a == b);
  b.push_back(1);
  return differ && a == b;
}
constexpr bool lists_what_it_begins_with() {
  static_vector<int, 3> const v = {7, 5};
  return v.size() == 2 && v[0] == 7 && v[1] == 5 && static_vector<int, 3>{}.empty();
}

TEST_CASE("static_vector") {
  CHECK_BOTH(lists_what_it_begins_with());
  CHECK_BOTH(keeps_what_is_put_in());
  CHECK_BOTH(compares_what_is_there());
}

}  // namespace
