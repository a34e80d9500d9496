#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// Computes y from its accumulator one operation after another, each a statement that changes the accumulator itself.
constexpr step in_place(tensor_name const& y) { return {.what = action::in_place, .tensor = y}; }

}  // namespace tenon
