#include <tenon/support/refusal.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool is_true_if_there_is_a_sentence() {
  refusal no{};
  refusal yes{text("split(i, 5): no")};
  return !no && yes && !(no == yes);
}

TEST_CASE("refusal") { CHECK_BOTH(is_true_if_there_is_a_sentence()); }

}  // namespace
