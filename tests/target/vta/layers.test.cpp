// Layers of ResNet-18 from operator and schedule to instructions: their bytes, their cycles beside TVM's tuned schedules, and one
// as constants.
#include <cstdint>
#include <string>

#include "support/both.hpp"
#include "target/vta/layers.hpp"

namespace {

using namespace tenon::vta;

constexpr std::size_t c5 = 3, c8 = 6, c10 = 8;

TEST_CASE("layers: C5 and C8 from their operators give the bytes of a plain convolution") {
  CHECK(wrong_bytes_of_operator<c5, true>(3) == "");
  CHECK(wrong_bytes_of_operator<c5, false>(0) == "");
  CHECK(wrong_bytes_of_operator<c8, true>(4) == "");
  CHECK(wrong_bytes_of_operator<c8, false>(0) == "");
}

TEST_CASE("layers: with stride 2 and a kernel of 1 x 1") { CHECK(wrong_bytes_of_operator<c10, true>(5) == ""); }

TEST_CASE("layers: cycles are at most 1.1 times those of TVM's tuned schedules") {
  auto const total = [](auto op) { return times_of(kernel<decltype(op)>::stream()).total; };
  CHECK(10 * total(operator_of<c5, true>{}) <= 11 * resnet18[c5].rtl);
  CHECK(10 * total(operator_of<c8, true>{}) <= 11 * resnet18[c8].rtl);
  // Virtual threads are worth something.
  CHECK(total(operator_of<c5, true>{}) < total(operator_of<c5, false>{}));
  CHECK(total(operator_of<c8, true>{}) < total(operator_of<c8, false>{}));
  MESSAGE("layer two threads     TVM   ratio  one thread  TVM   ratio\n"
          << line_of_cycles<c5>() << line_of_cycles<c8>());
}

TEST_CASE("layers: C8 as constants") {
  using code = kernel<operator_of<c8, true>>;
  constexpr auto const& words = code::words();
  stream const s = code::stream();
  CHECK(decode(s.sizes, words.instructions, words.micro_ops, s.micro_op_base) == s);
}

}  // namespace
