#include "image.hpp"

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

#include <png.h>

namespace photo {

namespace {

// `bytes` of a little-endian integer.
std::int64_t number(std::vector<std::uint8_t> const& file, std::size_t at, int bytes) {
  std::uint32_t value = 0;
  for (int b = bytes; b-- > 0;) value = value << 8 | file[at + static_cast<std::size_t>(b)];
  return bytes == 4 ? static_cast<std::int32_t>(value) : static_cast<std::int64_t>(value);
}

}  // namespace

image read_bmp(std::string const& path) {
  auto const fail = [&](std::string const& why) { throw std::runtime_error(path + ": " + why); };
  std::ifstream in(path, std::ios::binary);
  if (!in) fail("cannot be opened");
  std::vector<std::uint8_t> const file{std::istreambuf_iterator<char>(in), {}};
  if (file.size() < 54 || file[0] != 'B' || file[1] != 'M') fail("is no BMP file");
  std::int64_t const start = number(file, 10, 4), width = number(file, 18, 4), lines = number(file, 22, 4);
  if (std::int64_t const bits = number(file, 28, 2); bits != 24) {
    fail("has " + std::to_string(bits) + " bits a pixel, and 24 are expected");
  }
  if (number(file, 30, 4) != 0) fail("is compressed, and plain pixels are expected");
  bool const upper_first = lines < 0;
  std::int64_t const height = upper_first ? -lines : lines;
  if (width < 1 || height < 1 || width > 65535 || height > 65535) fail("has no size, or one of more than 65535");
  std::int64_t const stride = (3 * width + 3) / 4 * 4;
  if (start < 54 || start + stride * height > static_cast<std::int64_t>(file.size())) fail("ends too early");
  image picture(3, height, width);
  for (std::int64_t y = 0; y < height; ++y) {
    std::uint8_t const* from = file.data() + start + stride * (upper_first ? y : height - 1 - y);
    for (std::int64_t x = 0; x < width; ++x, from += 3) {
      for (int c = 0; c < 3; ++c) picture(c, y, x) = from[2 - c];
    }
  }
  return picture;
}

void write_png(std::string const& path, image const& picture) {
  std::int64_t const height = picture.extent(1), width = picture.extent(2);
  std::vector<std::uint8_t> pixels;
  pixels.reserve(static_cast<std::size_t>(3 * height * width));
  for (std::int64_t y = 0; y < height; ++y) {
    for (std::int64_t x = 0; x < width; ++x) {
      for (int c = 0; c < 3; ++c) pixels.push_back(picture(c, y, x));
    }
  }
  png_image head;
  std::memset(&head, 0, sizeof head);
  head.version = PNG_IMAGE_VERSION;
  head.width = static_cast<png_uint_32>(width);
  head.height = static_cast<png_uint_32>(height);
  head.format = PNG_FORMAT_RGB;
  if (png_image_write_to_file(&head, path.c_str(), 0, pixels.data(), 0, nullptr) == 0) {
    throw std::runtime_error(path + ": cannot be written: " + head.message);
  }
}

}  // namespace photo
