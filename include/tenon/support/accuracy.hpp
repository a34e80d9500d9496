#pragma once

namespace tenon {

/// How far a mathematical function may be from the true value.
enum class accuracy {
  exact,  ///< at most one unit in the last place
  high,   ///< at most four units in the last place
  fast,   ///< a relative error of at most 2^-11; absolute where the result is bounded by one
};

}  // namespace tenon
