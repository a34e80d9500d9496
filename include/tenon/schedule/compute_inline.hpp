#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// Every read of the tensor becomes the formula that computes it; the tensor itself vanishes.
constexpr step compute_inline(tensor_name const& tensor) { return {.what = action::compute_inline, .tensor = tensor}; }

}  // namespace tenon
