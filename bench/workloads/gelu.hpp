#pragma once

#include <cmath>

namespace tenon::bench {

/// The two constants of the tanh form of GELU: sqrt(2 / pi), and the weight of the cube.
inline constexpr float gelu_scale = 0.7978845608F;
inline constexpr float gelu_cube = 0.044715F;

/// The tanh form of GELU.
template <class Real>
Real gelu(Real t) {
  return Real(0.5) * t * (Real(1) + std::tanh(Real(gelu_scale) * (t + Real(gelu_cube) * t * t * t)));
}

}  // namespace tenon::bench
