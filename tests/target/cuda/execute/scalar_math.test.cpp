#include <tenon/target/cuda/execute/scalar_math.hpp>

#include <cmath>

#include "support/both.hpp"

namespace {

using namespace tenon;

template <ir::math Which>
double of(double x, double y = 0) {
  return cuda::scalar_math<Which, accuracy::high>(x, y);
}

TEST_CASE("scalar_math: the functions of a number") {
  using ir::math;
  CHECK(of<math::exp>(1.0) == doctest::Approx(std::exp(1.0)));
  CHECK(of<math::log>(2.0) == doctest::Approx(std::log(2.0)));
  CHECK(of<math::tanh>(0.5) == doctest::Approx(std::tanh(0.5)));
  CHECK(of<math::sqrt>(2.0) == doctest::Approx(std::sqrt(2.0)));
  CHECK(of<math::rsqrt>(4.0) == doctest::Approx(0.5));
  CHECK(of<math::pow>(2.0, 10.0) == doctest::Approx(1024.0));
  CHECK(of<math::round>(2.5) == 2.0);
  CHECK(of<math::trunc>(-2.5) == -2.0);
  CHECK(cuda::fused(1 + 0x1p-30, 1 - 0x1p-30, -1.0) == -0x1p-60);  // rounded once
}

}  // namespace
