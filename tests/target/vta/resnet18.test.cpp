// label: slow
// Every convolution of ResNet-18 but the first, on the strict machine in a random order.
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "target/vta/convolution.hpp"

namespace {

using namespace tenon::vta;

TEST_CASE("resnet18: every layer gives the bytes of a plain convolution") {
  std::uint64_t seed = 1;
  for (layer const& l : resnet18) {
    CAPTURE(std::string(l.name));
    for (int const threads : {1, 2}) CHECK(wrong_bytes(l, threads, mode::strict, seed++) == "");
  }
}

}  // namespace
