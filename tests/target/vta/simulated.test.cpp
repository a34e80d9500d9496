#include <tenon/target/vta/simulated.hpp>

#include <cstdint>

#include "support/both.hpp"
#include "support/kernels.hpp"
#include "target/vta/operators.hpp"

namespace {

using namespace tenon;
using op = vta::dense<2, 16, 16, 2, 16, 16>;

TEST_CASE("simulated: by name and by position") {
  array<std::int8_t> x(2, 1, 16), w(1, 1, 16, 16), y(2, 1, 16), z(2, 1, 16);
  array<std::int32_t> b(1, 16);
  x.fill(4);
  w.fill(3);
  b.fill(2);
  vta::simulated<op>{}(x, w, b, y);
  CHECK(int{y(1, 0, 15)} == ((16 * 12) >> 6) + 2);
  op const o{};
  vta::simulated<op>{5, vta::mode::permissive}(o.y = z, o.b = b, o.w = w, o.x = x);
  CHECK(int{z(0, 0, 0)} == int{y(0, 0, 0)});
}

TEST_CASE("simulated: arguments that do not fit") {
  array<std::int8_t> x(2, 1, 16), w(1, 1, 16, 16), y(3, 1, 16);
  array<std::int32_t> b(1, 16);
  CHECK_THROWS_AS(vta::simulated<op>{}(x, w, b, y), argument_error);
}

}  // namespace
