#include <tenon/target/vta/memories.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon::vta;

constexpr bool grows_with_zeros_and_never_shrinks() {
  memories m{};
  grow(m.acc, 3);
  m.acc[2] = 7;
  grow(m.acc, 2);
  grow(m.uop, 1);
  return m.acc.size() == 3 && m.acc[0] == 0 && m.acc[2] == 7 && m.uop[0] == micro_op{};
}

TEST_CASE("memories") { CHECK_BOTH(grows_with_zeros_and_never_shrinks()); }

}  // namespace
