#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// `y` is written past the caches: for large results that nobody reads soon.
constexpr step stream(tensor_name const& y) { return {.what = action::stream, .tensor = y}; }

}  // namespace tenon
