#pragma once

#include <bit>
#include <cstdint>

#include <tenon/ir/element.hpp>
#include <tenon/ir/op.hpp>

namespace tenon::ir {

/// A node by its place in the program; 0 is no node.
enum class node_id : std::uint16_t { none = 0 };
/// Likewise an axis, a buffer, an access, a parameter, a reduction, a function, an instruction; 0 is none.
enum class axis_id : std::uint16_t { none = 0 };
enum class buffer_id : std::uint16_t { none = 0 };
enum class access_id : std::uint16_t { none = 0 };
enum class parameter_id : std::uint16_t { none = 0 };
enum class reduction_id : std::uint16_t { none = 0 };
enum class function_id : std::uint16_t { none = 0 };
enum class instruction_id : std::uint16_t { none = 0 };

/// One thing a program does or is worth. What the fields mean is said beside each `op`.
struct node {
  op what = op::nothing;
  element type = element::none;
  std::uint16_t x = 0;
  node_id a = node_id::none;
  node_id b = node_id::none;
  node_id c = node_id::none;
  std::int64_t value = 0;

  constexpr axis_id axis() const { return static_cast<axis_id>(x); }
  constexpr buffer_id buffer() const { return static_cast<buffer_id>(x); }
  constexpr access_id access() const { return static_cast<access_id>(x); }
  constexpr parameter_id parameter() const { return static_cast<parameter_id>(x); }
  constexpr math function() const { return static_cast<math>(x); }
  /// Of a store: the reduction whose update it is, or none.
  constexpr reduction_id reduction() const { return static_cast<reduction_id>(value); }
  /// Of a floating-point constant.
  constexpr double real() const { return std::bit_cast<double>(value); }

  constexpr bool operator==(node const&) const = default;
};

}  // namespace tenon::ir
