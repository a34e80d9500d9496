#include <tenon/support/unfolded.hpp>

#include "support/both.hpp"

namespace {

struct kept {
  int value = 3;
  constexpr kept(tenon::unfolded = {}) {}
};

TEST_CASE("unfolded: constants that are asked for are made all the same") { CHECK_BOTH(kept{}.value == 3); }

}  // namespace
