#pragma once

#include <cmath>
#include <cstdint>
#include <type_traits>

#include <tenon/ir/op.hpp>
#include <tenon/support/math.hpp>
#include <tenon/target/cuda/config.hpp>

namespace tenon::cuda {

/// x * y + z, rounded once.
template <class T>
TENON_CUDA_INLINE T fused(T x, T y, T z) {
  return std::fma(x, y, z);
}

#if defined(__CUDA_ARCH__)
namespace detail {

/// The GPU's own functions of a float.
template <ir::math Which>
TENON_CUDA_INLINE float own_math(float x) {
  using ir::math;
  if constexpr (Which == math::exp) return ::expf(x);
  else if constexpr (Which == math::exp2) return ::exp2f(x);
  else if constexpr (Which == math::log) return ::logf(x);
  else if constexpr (Which == math::log2) return ::log2f(x);
  else if constexpr (Which == math::tanh) return ::tanhf(x);
  else if constexpr (Which == math::erf) return ::erff(x);
  else if constexpr (Which == math::sin) return ::sinf(x);
  else if constexpr (Which == math::cos) return ::cosf(x);
  else if constexpr (Which == math::sigmoid) return 1.0f / (1.0f + ::expf(-x));
  else return ::rsqrtf(x);
}

}  // namespace detail
#endif

/// A function of one or two numbers. A GPU computes those of a float its own way; an emulator as `ir::evaluate` does.
template <ir::math Which, accuracy Precision, class T>
TENON_CUDA_INLINE T scalar_math(T x, T y) {
  using ir::math;
  if constexpr (Which == math::floor) return std::floor(x);
  else if constexpr (Which == math::ceil) return std::ceil(x);
  else if constexpr (Which == math::round) return std::rint(x);
  else if constexpr (Which == math::trunc) return std::trunc(x);
  else if constexpr (Which == math::sqrt) return std::sqrt(x);
  else if constexpr (Which == math::pow) return tenon::math::pow<Precision>(x, y);
#if defined(__CUDA_ARCH__)
  else if constexpr (std::is_same_v<T, float>) return detail::own_math<Which>(x);
#endif
  else if constexpr (Which == math::exp) return tenon::math::exp<Precision>(x);
  else if constexpr (Which == math::exp2) return tenon::math::exp2<Precision>(x);
  else if constexpr (Which == math::log) return tenon::math::log<Precision>(x);
  else if constexpr (Which == math::log2) return tenon::math::log2<Precision>(x);
  else if constexpr (Which == math::tanh) return tenon::math::tanh<Precision>(x);
  else if constexpr (Which == math::sigmoid) return tenon::math::sigmoid<Precision>(x);
  else if constexpr (Which == math::erf) return tenon::math::erf<Precision>(x);
  else if constexpr (Which == math::sin) return tenon::math::sin<Precision>(x);
  else if constexpr (Which == math::cos) return tenon::math::cos<Precision>(x);
  else return tenon::math::rsqrt<Precision>(x);
}

}  // namespace tenon::cuda
