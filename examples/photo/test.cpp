// Holds the parts of examples/photo to plain loops, on small images that it makes itself.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <png.h>

#include "unsharp.hpp"

namespace photo {

namespace {

int failures = 0;

void check(bool holds, std::string const& what) {
  if (!holds) std::cout << "wrong: " << what << "\n";
  failures += !holds;
}

image noise(int height, int width) {
  image made(3, height, width);
  std::uint32_t state = 7;
  for (std::uint8_t& one : made) one = static_cast<std::uint8_t>((state = state * 1664525 + 1013904223) >> 24);
  return made;
}

void write_bmp(std::string const& path, image const& picture, bool upper_first, int bits = 24, std::size_t cut = 0) {
  int const height = static_cast<int>(picture.extent(1)), width = static_cast<int>(picture.extent(2));
  int const stride = (3 * width + 3) / 4 * 4;
  std::vector<char> file(static_cast<std::size_t>(54 + stride * height));
  auto const put = [&](std::size_t at, int value, int bytes) {
    for (int b = 0; b < bytes; ++b) file[at + static_cast<std::size_t>(b)] = static_cast<char>(value >> (8 * b));
  };
  put(0, 'B', 1), put(1, 'M', 1), put(2, 54 + stride * height, 4), put(10, 54, 4), put(14, 40, 4), put(18, width, 4);
  put(22, upper_first ? -height : height, 4), put(26, 1, 2), put(28, bits, 2);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < 3 * width; ++x) {
      int const row = upper_first ? y : height - 1 - y;
      file[static_cast<std::size_t>(54 + stride * row + x)] = static_cast<char>(picture(2 - x % 3, y, x / 3));
    }
  }
  std::ofstream(path, std::ios::binary).write(file.data(), static_cast<std::streamsize>(file.size() - cut));
}

// The same sums by plain loops; they may be rounded differently, so a result may be the next integer.
bool is_sharpened(image const& in, image const& out, float amount, float width) {
  std::int64_t const h = in.extent(1), w = in.extent(2);
  auto const bell = bell_of(width);
  std::int64_t next = 0;
  for (int c = 0; c < 3; ++c) {
    for (std::int64_t y = 0; y < h; ++y) {
      for (std::int64_t x = 0; x < w; ++x) {
        double blurred = 0;
        for (std::int64_t v = -4; v <= 4; ++v) {
          for (std::int64_t u = -4; u <= 4; ++u) {
            blurred += static_cast<double>(bell[static_cast<std::size_t>(v + 4)]) *
                       bell[static_cast<std::size_t>(u + 4)] *
                       in(c, std::clamp<std::int64_t>(y + v, 0, h - 1), std::clamp<std::int64_t>(x + u, 0, w - 1));
          }
        }
        double const exact = std::clamp(in(c, y, x) + amount * (in(c, y, x) - blurred), 0.0, 255.0);
        double const apart = std::abs(out(c, y, x) - exact);
        if (apart > 0.501) return false;
        next += apart > 0.5;
      }
    }
  }
  return next * 1000 <= 3 * h * w;
}

std::string why(std::string const& path) {
  try {
    read_bmp(path);
  } catch (std::runtime_error const& error) { return error.what(); }
  return "nothing";
}

void run() {
  for (bool const upper_first : {false, true}) {
    for (int const width : {1, 6, 7, 130}) {
      image const made = noise(5, width);
      write_bmp("photo_test.bmp", made, upper_first);
      check(read_bmp("photo_test.bmp") == made, "a BMP read back, " + std::to_string(width) + " wide");
    }
  }
  for (auto const& [height, width] : {std::pair{1, 1}, {5, 7}, {32, 128}, {33, 129}, {70, 300}}) {
    image const in = noise(height, width);
    image out(in.extents());
    unsharp(in, 1.5F, 2, out);
    check(is_sharpened(in, out, 1.5F, 2), std::to_string(width) + " x " + std::to_string(height) + " pixels sharpened");
    unsharp(in, 0, 2, out);
    check(out == in, "an amount of nothing changes nothing");
  }

  image const made = noise(9, 13);
  write_png("photo_test.png", made);
  png_image head;
  std::memset(&head, 0, sizeof head);
  head.version = PNG_IMAGE_VERSION;
  std::vector<std::uint8_t> back(3 * 9 * 13);
  bool same = png_image_begin_read_from_file(&head, "photo_test.png") != 0 && head.width == 13 && head.height == 9;
  head.format = PNG_FORMAT_RGB;
  same = same && png_image_finish_read(&head, nullptr, back.data(), 0, nullptr) != 0;
  for (int n = 0; n < 3 * 9 * 13; ++n)
    same = same && back[static_cast<std::size_t>(n)] == made(n % 3, n / 39, n / 3 % 13);
  check(same, "a PNG read back");

  write_bmp("photo_test.bmp", made, false, 8);
  check(why("photo_test.bmp") == "photo_test.bmp: has 8 bits a pixel, and 24 are expected", "8 bits are refused");
  write_bmp("photo_test.bmp", made, false, 24, 1);
  check(why("photo_test.bmp") == "photo_test.bmp: ends too early", "a file cut off is refused");
  check(why("photo_test.png") == "photo_test.png: is no BMP file", "another format is refused");
  check(why("photo_test.no") == "photo_test.no: cannot be opened", "a file that is not there is refused");
  std::remove("photo_test.bmp");
  std::remove("photo_test.png");
}

}  // namespace

}  // namespace photo

int main() {
  photo::run();
  std::cout << (photo::failures == 0 ? "all as expected\n" : "");
  return photo::failures != 0;
}
