#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// A tensor computed at one loop and stored at one further out keeps what the turn before computed and adds only what is new.
constexpr step slide(tensor_name const& tensor) { return {.what = action::slide, .tensor = tensor}; }

}  // namespace tenon
