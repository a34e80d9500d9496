#pragma once

#include <cstdint>

#include <tenon/support/text_view.hpp>

namespace tenon::ir {

// clang-format off
/// What one node does. `a`, `b`, `c` are operands, `x` names an entry of a table, `value` is a number; `type` is the result's.
enum class op : std::uint8_t {
  nothing,

  // values without operands
  constant,   // `value`: the integer, or the bits of the double
  counter,    // the iteration that the loop over axis `x` is in; index_type
  parameter,  // the run-time extent `x`; index_type
  formal,     // operand number `value` of a reduction's or an instruction's formula

  // values
  load,       // element of access `x`
  add, sub, mul, div, mod, min, max,   // a, b; integers wrap, division truncates as in C++
  floor_div, floor_mod,                // a, b; rounds down: what indices need
  bit_and, bit_or, bit_xor, shift_left, shift_right,
  equal, not_equal, less, less_equal,  // a, b of one type; boolean
  logical_and, logical_or,             // a, b boolean
  negate, absolute, bit_not, logical_not,  // a
  cast,       // a, as static_cast to `type`
  math,       // the function `x` of a (and b); `value` is its accuracy class
  select,     // a ? b : c, with both b and c evaluated
  guarded,    // a ? b : c, with only the taken side evaluated
  multiply_shift,  // (int64(a) * b + half) >> c, rounded half up: fixed-point scaling; i32
  list,       // a, then b: the arguments of a call
  call,       // the user's function `x` of the list `a`

  // statements
  store,      // access `x` becomes a, if b (a boolean, or none: always); `value`: the reduction that this updates, or 0
  loop,       // a, once for each value of axis `x`
  block,      // a, then b
  together,   // the stores in block a: all values are computed before any is written
  allocate,   // buffer `x` exists while a runs
  when,       // if a then b, else c (or none)
  prefetch,   // access `x` will be read soon; has no meaning
  tensorized, // a, done by instruction `x`
  barrier,    // all threads of a block meet here; has no meaning
  ahead,      // a, whose stores are copies that go on while what follows runs: one group of them
  wait,       // until at most `value` groups of copies are still under way; has no meaning
};
// clang-format on

/// Functions of one (or two) floating-point values.
enum class math : std::uint8_t {
  exp,
  exp2,
  log,
  log2,
  tanh,
  sigmoid,
  erf,
  sin,
  cos,
  sqrt,
  rsqrt,
  pow,
  floor,
  ceil,
  round,
  trunc
};

constexpr bool is_statement(op what) { return what >= op::store; }
constexpr bool is_comparison(op what) { return what >= op::equal && what <= op::less_equal; }
constexpr bool is_binary(op what) { return what >= op::add && what <= op::logical_or; }
constexpr bool is_unary(op what) { return what >= op::negate && what <= op::cast; }

constexpr text_view name_of(math f) {
  constexpr text_view names[]{"exp", "exp2", "log",   "log2", "tanh",  "sigmoid", "erf",   "sin",
                              "cos", "sqrt", "rsqrt", "pow",  "floor", "ceil",    "round", "trunc"};
  return names[static_cast<int>(f)];
}

}  // namespace tenon::ir
