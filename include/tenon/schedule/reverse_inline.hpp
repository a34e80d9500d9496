#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// The tensor is computed where the one that it is an elementwise function of is finished: the epilogue of that stage.
constexpr step reverse_inline(tensor_name const& tensor) { return {.what = action::reverse_inline, .tensor = tensor}; }

}  // namespace tenon
