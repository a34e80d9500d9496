#pragma once

#include <cstdint>

#include <tenon/schedule/step.hpp>

namespace tenon {

/// The tensor keeps only `kept` places along the dimension and uses them in turn: what is computed takes the place of what
/// nobody reads any more.
///
///     fold_storage(bx, 0, 4)
constexpr step fold_storage(tensor_name const& tensor, int dimension, std::int64_t kept) {
  step s{.what = action::fold_storage, .tensor = tensor};
  s.numbers.push_back(dimension);
  s.numbers.push_back(kept);
  return s;
}

}  // namespace tenon
