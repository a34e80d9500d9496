// Sharpens a photograph. Usage: photo in.bmp out.png [amount, 1 if not said [width of the blur in pixels, 2]]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "unsharp.hpp"

namespace photo {

namespace {

void run(std::string const& from, std::string const& to, float amount, float width) {
  if (!(width > 0.1F && width <= 4)) throw std::runtime_error("the blur is 0.1 to 4 pixels wide");
  image const in = read_bmp(from);
  image out(in.extents());
  std::vector<double> seconds;
  for (int round = 0; round < 11; ++round) {
    auto const begin = std::chrono::steady_clock::now();
    unsharp(in, amount, width, out);
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  write_png(to, out);
  std::sort(seconds.begin(), seconds.end());
  double const middle = seconds[seconds.size() / 2];
  double const pixels = static_cast<double>(in.extent(1) * in.extent(2));
  std::printf("%s\n", unsharp_loops().c_str());
  std::printf("%lld x %lld pixels in %.2f ms, median of %zu: %.0f megapixels a second\nwrote %s\n",
              static_cast<long long>(in.extent(2)), static_cast<long long>(in.extent(1)), middle * 1e3, seconds.size(),
              pixels / middle / 1e6, to.c_str());
}

}  // namespace

}  // namespace photo

int main(int argc, char** argv) {
  try {
    if (argc < 3) throw std::runtime_error("usage: photo in.bmp out.png [amount [width of the blur in pixels]]");
    photo::run(argv[1], argv[2], argc > 3 ? std::stof(argv[3]) : 1.0F, argc > 4 ? std::stof(argv[4]) : 2.0F);
  } catch (std::exception const& error) {
    std::fprintf(stderr, "photo: %s\n", error.what());
    return 1;
  }
}
