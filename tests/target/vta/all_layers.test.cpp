// label: slow
// Every convolution of ResNet-18 but the first, from operator and schedule.
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "support/both.hpp"
#include "target/vta/layers.hpp"

namespace {

using namespace tenon::vta;

TEST_CASE("all layers from their operators") {
  std::string table = "layer two threads     TVM   ratio  one thread  TVM   ratio\n";
  auto const hold = [&]<std::size_t N>() {
    CAPTURE(std::string(resnet18[N].name));
    CHECK(wrong_bytes_of_operator<N, true>(N + 1) == "");
    CHECK(wrong_bytes_of_operator<N, false>(N + 1) == "");
    table += line_of_cycles<N>();
  };
  [&]<std::size_t... Layers>(std::index_sequence<Layers...>) {
    (hold.template operator()<Layers>(), ...);
  }(std::make_index_sequence<10>{});
  MESSAGE(table);
}

}  // namespace
