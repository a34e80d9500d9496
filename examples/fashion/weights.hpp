#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace fashion {

/// The shape of the network: convolution, pool, convolution, pool, dense, dense. Images and channels lie as
/// [row][column][channel], weights as [row][column][input][output].
inline constexpr int size = 28, first = 32, second = 32, hidden = 64, classes = 10;
inline constexpr int flat = size / 4 * (size / 4) * second;

/// What the network learnt. In a file: the floats of each member, little-endian, one member after another, and nothing
/// else.
struct weights {
  std::vector<float> convolution_1 = std::vector<float>(std::size_t{3 * 3} * first);
  std::vector<float> bias_1 = std::vector<float>(first);
  std::vector<float> convolution_2 = std::vector<float>(std::size_t{3 * 3} * first * second);
  std::vector<float> bias_2 = std::vector<float>(second);
  std::vector<float> dense_3 = std::vector<float>(std::size_t{flat} * hidden);
  std::vector<float> bias_3 = std::vector<float>(hidden);
  std::vector<float> dense_4 = std::vector<float>(std::size_t{hidden} * classes);
  std::vector<float> bias_4 = std::vector<float>(classes);

  std::array<std::vector<float>*, 8> all() {
    return {&convolution_1, &bias_1, &convolution_2, &bias_2, &dense_3, &bias_3, &dense_4, &bias_4};
  }
};

/// Reads a file of weights, or throws what is wrong with it.
weights read_weights(std::string const& path);

/// Writes a file of weights.
void write_weights(std::string const& path, weights w);

}  // namespace fashion
