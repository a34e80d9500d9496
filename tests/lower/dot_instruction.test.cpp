#include <tenon/lower/dot_instruction.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

using namespace tenon;

namespace {

constexpr bool adds_products_of_neighbours() {
  ir::program const p = lower::dot_behaviour(element::i32, element::u8, element::i8, 3, 2);
  ir::image data = ir::image_of(p);
  auto const fill = [&](int buffer, int size, int first) {
    for (int n = 0; n < size; ++n) {
      data.buffers[static_cast<std::size_t>(buffer)].values[static_cast<std::size_t>(n)].whole = first + n;
      data.buffers[static_cast<std::size_t>(buffer)].written[static_cast<std::size_t>(n)] = true;
    }
  };
  fill(2, 2, 10);
  fill(3, 6, -2);
  ir::image const after = ir::evaluate(p, data);
  auto const& sums = after.buffers[1].values;
  return after.fault.empty() && sums[0].whole == -31 && sums[1].whole == 11 && sums[2].whole == 53;
}

}  // namespace

TEST_CASE("dot_instruction") {
  CHECK_BOTH(adds_products_of_neighbours());
  CHECK(lower::vnni_dot4().behaviour->arguments == 3);
  CHECK(lower::bf16_dot2().behaviour->arguments == 3);
}
