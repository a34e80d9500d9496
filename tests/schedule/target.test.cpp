#include <tenon/schedule/target.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool counts_lanes() {
  return cpu_target{.vector_bytes = 32}.lanes<float>() == 8 && cpu_target{.vector_bytes = 8}.lanes<double>() == 1 &&
         cpu_target{}.lanes<short>() == 32;
}

TEST_CASE("target") { CHECK_BOTH(counts_lanes()); }

}  // namespace
