#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// The memory in which a tensor of ours lives: a temporary, a cache (`cached(w)`) or an accumulator (`accumulator(y)`).
constexpr step place(tensor_name const& x, space const& where) {
  return {.what = action::place, .tensor = x, .word = where.name};
}

/// The accumulator of the sum that a stage computes, to name it in other steps. Other reductions have their word for "sum".
constexpr tensor_name accumulator(tensor_name const& stage, label const& kind = "sum") {
  return {stage.name.part(kind)};
}

}  // namespace tenon
