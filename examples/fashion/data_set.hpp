#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fashion {

/// Images of 28 x 28 bytes, one after another, and what each one shows: 0 to 9.
struct data_set {
  std::vector<std::uint8_t> pixels;
  std::vector<std::uint8_t> labels;

  int count() const { return static_cast<int>(labels.size()); }
  std::uint8_t const* image(int n) const { return pixels.data() + std::size_t{28} * 28 * static_cast<std::size_t>(n); }
};

/// Reads `<name>-images-idx3-ubyte.gz` and `<name>-labels-idx1-ubyte.gz` of a folder; throws what is wrong with them.
data_set read_data_set(std::string const& folder, std::string const& name);

/// What the labels mean.
inline constexpr char const* names[10] = {"T-shirt", "trousers", "pullover", "dress", "coat",
                                          "sandal",  "shirt",    "sneaker",  "bag",   "boot"};

}  // namespace fashion
