#include <tenon/support/ensure.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool lets_pass_what_holds() {
  ensure(true);
  return true;
}

TEST_CASE("ensure") { CHECK_BOTH(lets_pass_what_holds()); }

}  // namespace
