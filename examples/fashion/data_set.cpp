#include "data_set.hpp"

#include <stdexcept>

#include <zlib.h>

namespace fashion {

namespace {

// A file of the IDX format: four bytes that tell the type and the number of dimensions, the extents as big-endian
// integers of four bytes, the elements.
std::vector<std::uint8_t> read_idx(std::string const& path, std::vector<std::size_t> const& inner, std::size_t& count) {
  auto const fail = [&](char const* why) { throw std::runtime_error(path + ": " + why); };
  gzFile const file = gzopen(path.c_str(), "rb");
  if (file == nullptr) fail("cannot be opened (Debian: apt install dataset-fashion-mnist)");
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint8_t> piece(std::size_t{1} << 20);
  int got = 0;
  while ((got = gzread(file, piece.data(), static_cast<unsigned>(piece.size()))) > 0) {
    bytes.insert(bytes.end(), piece.begin(), piece.begin() + got);
  }
  gzclose(file);
  if (got < 0) fail("cannot be unpacked");

  std::size_t const head = 4 + 4 * (1 + inner.size());
  if (bytes.size() < head || bytes[0] != 0 || bytes[1] != 0 || bytes[2] != 8 || bytes[3] != 1 + inner.size()) {
    fail("is not an IDX file of bytes with the dimensions expected");
  }
  auto const extent = [&](std::size_t d) {
    std::size_t value = 0;
    for (std::size_t b = 0; b < 4; ++b) value = value << 8 | bytes[4 + 4 * d + b];
    return value;
  };
  std::size_t each = 1;
  for (std::size_t d = 0; d < inner.size(); ++d) {
    if (extent(d + 1) != inner[d]) fail("has extents that were not expected");
    each *= inner[d];
  }
  count = extent(0);
  if (bytes.size() != head + count * each) fail("ends too early or too late");
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(head));
  return bytes;
}

}  // namespace

data_set read_data_set(std::string const& folder, std::string const& name) {
  std::size_t images = 0, labels = 0;
  data_set all{.pixels = read_idx(folder + "/" + name + "-images-idx3-ubyte.gz", {28, 28}, images),
               .labels = read_idx(folder + "/" + name + "-labels-idx1-ubyte.gz", {}, labels)};
  if (images != labels) throw std::runtime_error(folder + "/" + name + "-*: not one label for each image");
  for (std::uint8_t const label : all.labels) {
    if (label > 9) throw std::runtime_error(folder + "/" + name + "-labels-idx1-ubyte.gz: a label above 9");
  }
  return all;
}

}  // namespace fashion
