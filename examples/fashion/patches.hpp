#pragma once

#include <algorithm>

#include <Eigen/Core>

namespace fashion {

using matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Row p of `out` is what a convolution of 3 x 3 reads for pixel p of an image of extent x extent pixels, with zeros
/// outside: 9 * channels numbers, as [row][column][channel].
inline void patches(float const* image, int extent, int channels, float* out) {
  int const line = extent * channels, part = 3 * channels;
  for (int y = 0; y < extent; ++y) {
    for (int x = 0; x < extent; ++x) {
      int const skip = x == 0 ? channels : 0, drop = x == extent - 1 ? channels : 0;
      for (int r = y - 1; r <= y + 1; ++r, out += part) {
        if (r < 0 || r >= extent) {
          std::fill_n(out, part, 0.0F);
          continue;
        }
        float const* const from = image + r * line + (x - 1) * channels;
        std::fill_n(out, skip, 0.0F);
        std::copy(from + skip, from + part - drop, out + skip);
        std::fill_n(out + part - drop, drop, 0.0F);
      }
    }
  }
}

}  // namespace fashion
