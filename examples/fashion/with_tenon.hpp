#pragma once

#include <cstdint>

#include <tenon/tenon.hpp>

#include "network.hpp"
#include "weights.hpp"

namespace fashion {

/// The network as four kernels. What lies between them stays in the cache: a few images are taken through all of them
/// before the next ones.
class with_tenon {
 public:
  explicit with_tenon(weights w, cpu::executor& on = cpu::sequential());

  /// Images of 28 x 28 bytes, and the class of each.
  void classify(std::uint8_t const* images, std::int64_t count, std::int64_t* labels);

 private:
  weights w_;
  std::int64_t at_once_;
  array<float> small_, smaller_, hidden_;  // images of half and of a quarter of the size; the hidden layer
  cpu::kernel<convolution_1> convolution_1_;
  cpu::kernel<convolution_2> convolution_2_;
  cpu::kernel<dense_3> dense_3_;
  cpu::kernel<dense_4> dense_4_;
};

}  // namespace fashion
