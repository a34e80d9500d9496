#include <tenon/target/cpu/call.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

TEST_CASE("call: nothing is set until somebody sets it") {
  cpu::call_data const call{};
  CHECK(call.data[1] == nullptr);
  CHECK(call.runner == nullptr);
  CHECK(call.shared == nullptr);
}

}  // namespace
