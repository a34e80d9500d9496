#include <tenon/support/granted.hpp>

#include "support/both.hpp"

using namespace tenon;

namespace {

constexpr bool nothing_to_say_is_granted() {
  constexpr text why{};
  TENON_GRANT(why);
  return granted<""> && !granted<"no"> && verdict<"">();
}

}  // namespace

TEST_CASE("granted") { CHECK_BOTH(nothing_to_say_is_granted()); }
