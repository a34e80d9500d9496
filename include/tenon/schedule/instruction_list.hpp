#pragma once

namespace tenon {

/// Instructions of your own that a schedule names in `tensorize`. An operator lists them:
///
///     constexpr auto instructions() const { return instruction_list<mma4x4>{}; }
///
/// Each is a struct as an operator is, with a `static constexpr label name`, a `define()` that says what it computes (a sum
/// adds to what its output holds already), and `static void run(sum, a, b)` that does it: a pointer to the first element of
/// each operand, in the order of the struct. The rows of an operand lie as `define()` says.
template <class... Instructions>
struct instruction_list {};

}  // namespace tenon
