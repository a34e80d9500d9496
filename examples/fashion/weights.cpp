#include "weights.hpp"

#include <bit>
#include <fstream>
#include <stdexcept>

namespace fashion {

static_assert(std::endian::native == std::endian::little, "the file of weights is little-endian");

weights read_weights(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error(path + ": cannot be opened");
  weights w;
  for (std::vector<float>* const one : w.all()) {
    in.read(reinterpret_cast<char*>(one->data()), static_cast<std::streamsize>(one->size() * sizeof(float)));
  }
  if (!in || in.peek() != std::ifstream::traits_type::eof()) {
    throw std::runtime_error(path + ": not the size of this network's weights");
  }
  return w;
}

void write_weights(std::string const& path, weights w) {
  std::ofstream out(path, std::ios::binary);
  for (std::vector<float>* const one : w.all()) {
    out.write(reinterpret_cast<char const*>(one->data()), static_cast<std::streamsize>(one->size() * sizeof(float)));
  }
  if (!out.flush()) throw std::runtime_error(path + ": cannot be written");
}

}  // namespace fashion
