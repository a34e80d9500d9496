#include <tenon/language/immediate.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>

#include <tenon/ir/evaluate.hpp>
#include <tenon/language.hpp>

using namespace tenon;

namespace {

struct shift {
  axis<"i", 4> i;
  immediate<"places", std::int32_t> places;
  tensor<"x", std::int32_t, 4> x;
  tensor<"y", std::int32_t, 4> y;
  constexpr auto define() const { return y(i) = x(i) >> places; }
};

/// It is an entry of the table of numbers that are told later.
constexpr bool computes_with_the_number_that_is_told() {
  ir::program const p = stage(shift{});
  if (p.refused || p.parameters.size() != 2 || p.parameters[1].name != label{"places"}) return false;
  ir::image data = ir::image_of(p, {3});
  for (std::size_t n = 0; n < 4; ++n) {
    data.buffers[1].values[n].whole = 100 * static_cast<int>(n) - 100;
    data.buffers[1].written[n] = 1;
  }
  data = ir::evaluate(p, data);
  return data.fault.empty() && data.buffers[2].values[0].whole == -13 && data.buffers[2].values[3].whole == 25;
}

}  // namespace

TEST_CASE("immediate") { CHECK_BOTH(computes_with_the_number_that_is_told()); }
