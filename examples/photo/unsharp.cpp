#include "unsharp.hpp"

#include <cmath>

#include "sharpen.hpp"

namespace photo {

std::array<float, 9> bell_of(float width) {
  std::array<float, 9> bell{};
  float total = 0;
  for (int k = 0; k < 9; ++k) {
    float const apart = static_cast<float>(k - sharpen::reach) / width;
    total += bell[static_cast<std::size_t>(k)] = std::exp(-apart * apart / 2);
  }
  for (float& one : bell) one /= total;
  return bell;
}

void unsharp(image const& in, float amount, float width, image& out) {
  constexpr sharpen op;
  cpu::kernel<sharpen>{}(op.in = in, op.bell = bell_of(width), op.amount = amount, op.out = out);
}

std::string unsharp_loops() { return cpu::kernel<sharpen>::loop_nest(); }

}  // namespace photo
