#pragma once

#include <cstdint>
#include <string>

#include <tenon/tenon.hpp>

namespace photo {

/// Red, green and blue as planes: [colour][row][column], the upper row first.
using image = tenon::array<std::uint8_t>;

/// Reads an uncompressed BMP of 24 bits a pixel, or throws what is wrong with it.
image read_bmp(std::string const& path);

/// Writes a PNG of 8 bits a colour, or throws why it cannot.
void write_png(std::string const& path, image const& picture);

}  // namespace photo
