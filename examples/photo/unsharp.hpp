#pragma once

#include <array>
#include <string>

#include "image.hpp"

namespace photo {

/// Weights of a blur of this width (the standard deviation, in pixels), which add up to one.
std::array<float, 9> bell_of(float width);

/// Sharpens a picture; `out` has its size.
void unsharp(image const& in, float amount, float width, image& out);

/// The loops that do it.
std::string unsharp_loops();

}  // namespace photo
