#pragma once

#include <cstddef>
#include <cstring>

namespace tenon::cuda::emulator {

/// What one lane brings to what a warp does together.
struct lane_registers {
  alignas(8) unsigned char bytes[32];
};

namespace detail {

template <class Pack>
inline constexpr std::size_t length_of = sizeof(Pack) / sizeof(Pack{}.at[0]);

/// Element `n` of what a lane brought, which begins at byte `first`.
template <class Pack>
float element_of(lane_registers const& from, std::size_t first, int n) {
  Pack all;
  std::memcpy(&all, from.bytes + first, sizeof all);
  return static_cast<float>(all.at[n]);
}

}  // namespace detail

/// What lane `me` has of d += a * b after mma.sync.m16n8kK. Which lane brings an element is said here as the PTX manual says it, by
/// row and column: lanes 4 * g to 4 * g + 3 hold rows g and g + 8 of a and column g of b; of the K products the first of them
/// holds so many as fit a register, then the next one; the second half of them begins with the first lane again.
template <class A, class B, class D>
void multiply_m16n8(D& d, lane_registers const* all, int me) {
  constexpr int in_a_register = static_cast<int>(detail::length_of<A>) / 4;
  constexpr int depth = 8 * in_a_register;
  int const group = me >> 2;
  int const in_group = me & 3;
  for (int n = 0; n < 4; ++n) {
    int const row = n < 2 ? group : group + 8;
    int const column = 2 * in_group + (n & 1);
    float sum = d.at[n];
    for (int k = 0; k < depth; ++k) {
      int const second = k >= depth / 2 ? 1 : 0;
      int const lane = k % (depth / 2) / in_a_register;
      int const within = k % in_a_register;
      int const a_register = 2 * second + (row >= 8 ? 1 : 0);
      float const a = detail::element_of<A>(all[4 * (row % 8) + lane], 0, a_register * in_a_register + within);
      float const b = detail::element_of<B>(all[4 * column + lane], sizeof(A), second * in_a_register + within);
      sum += a * b;
    }
    d.at[n] = sum;
  }
}

}  // namespace tenon::cuda::emulator
