#include <tenon/target/vta/check_stream.hpp>

#include "support/both.hpp"
#include "target/vta/small.hpp"

namespace {

using namespace tenon::vta;

constexpr bool proves_loops_and_tokens() {
  stream loop = small_stream(), token = small_stream();
  loop.instructions[4].dst_factor_in = 0;
  token.instructions[4].pop_prev = 0;
  return !check_stream(small_stream()) && says(check_stream(loop).sentence, "two iterations") &&
         says(check_stream(token).sentence, "no token makes it wait");
}

TEST_CASE("check_stream") { CHECK_BOTH(proves_loops_and_tokens()); }

}  // namespace
