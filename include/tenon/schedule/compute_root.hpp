#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// The tensor is computed whole, before the stages that read it: where a stage stands if nothing is said.
constexpr step compute_root(tensor_name const& tensor) { return {.what = action::compute_root, .tensor = tensor}; }

}  // namespace tenon
