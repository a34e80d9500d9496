#pragma once

#include <cstdint>

#include <tenon/ir/element.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/language/extent.hpp>
#include <tenon/support/label.hpp>

/// What the types of axes and tensors say, as values: the staging code is written once, not once a type.
namespace tenon::detail {

/// An axis. Two axes are the same if their facts are: an axis is nothing else. (Addresses of facts are no constants under a
/// sanitizer that doubts every pointer.)
struct axis_facts {
  label name{};
  extent runs{};
  constexpr bool operator==(axis_facts const&) const = default;
};

/// How a tensor takes part in an operator.
enum class part : std::uint8_t { argument, strided, temporary };

/// A tensor, likewise.
struct tensor_facts {
  label name{};
  element type = element::none;
  part takes = part::argument;
  int rank = 0;
  extent extents[ir::max_rank]{};
  constexpr bool operator==(tensor_facts const&) const = default;
};

}  // namespace tenon::detail
