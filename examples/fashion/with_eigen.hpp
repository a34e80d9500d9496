#pragma once

#include <cstdint>

#include "patches.hpp"
#include "weights.hpp"

namespace fashion {

/// The same network with Eigen. A convolution is a product of the patches of four images with the weights, so that the
/// patches stay in the cache; the dense layers take a hundred images. Of the numbers tried, these were the fastest.
class with_eigen {
 public:
  explicit with_eigen(weights w);

  /// Images of 28 x 28 bytes, and the class of each.
  void classify(std::uint8_t const* images, std::int64_t count, std::int64_t* labels);

 private:
  static constexpr std::int64_t at_once = 100, together = 4;
  weights w_;
  matrix pixels_, rows_1_, sums_1_, small_, rows_2_, sums_2_, smaller_, hidden_, likely_;
};

}  // namespace fashion
