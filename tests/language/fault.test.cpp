#include <tenon/language/fault.hpp>

#include "support/both.hpp"

using namespace tenon;

constexpr bool no_fault_is_false() { return !fault{}; }
constexpr bool a_fault_is_true() { return static_cast<bool>(fault{.kind = fault_kind::extent}); }

TEST_CASE("fault") {
  CHECK_BOTH(no_fault_is_false());
  CHECK_BOTH(a_fault_is_true());
}
