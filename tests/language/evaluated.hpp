#pragma once

#include <initializer_list>
#include <vector>

#include <tenon/ir/evaluate.hpp>
#include <tenon/language/stage.hpp>

/// What an operator makes of small inputs, by the meaning of its program.
namespace tenon::evaluated {

/// An argument's contents; an empty one is an output.
struct values {
  std::vector<double> numbers{};
  constexpr values() = default;
  constexpr values(std::initializer_list<double> list) : numbers(list) {}
};

/// The contents of argument `wanted` (from 1) after the operator ran on these arguments; nothing if it failed.
template <class Op>
constexpr std::vector<double> result(Op const& op, std::size_t wanted, std::vector<values> const& given,
                                     std::vector<std::int64_t> const& extents = {}) {
  ir::program const p = stage(op);
  if (p.refused) return {};
  ir::image data = ir::image_of(p, extents);
  for (std::size_t n = 0; n < given.size(); ++n) {
    ir::image::contents& c = data.buffers[n + 1];
    bool const real = ir::is_float(p.buffers[n + 1].type);
    for (std::size_t at = 0; at < given[n].numbers.size(); ++at) {
      double const x = given[n].numbers[at];
      c.values[at] = real ? ir::scalar{.real = x} : ir::scalar{.whole = static_cast<std::int64_t>(x)};
      c.written[at] = true;
    }
  }
  ir::image const after = ir::evaluate(p, data);
  if (!after.fault.empty()) return {};
  std::vector<double> numbers{};
  ir::image::contents const& c = after.buffers[wanted];
  for (std::size_t at = 0; at < c.values.size(); ++at) {
    if (!c.written[at]) return {};
    numbers.push_back(ir::is_float(p.buffers[wanted].type) ? c.values[at].real
                                                           : static_cast<double>(c.values[at].whole));
  }
  return numbers;
}

/// The sentence with which the operator is refused, or nothing.
template <class Op>
constexpr text refusal_of(Op const& op) {
  return stage(op).refused.sentence;
}

}  // namespace tenon::evaluated
