#pragma once

namespace tenon {

/// How far a mathematical function may be from the true value. Results below the least ordinary number are off by a few
/// of the least steps at most.
enum class accuracy {
  exact,  ///< at most one unit in the last place; two and a half for the sigmoid and the error function of a double
  high,  ///< a relative error of at most four times the epsilon of the type
  fast,  ///< a relative error of at most 2^-11; an absolute one for functions whose result one bounds
};

}  // namespace tenon
