#pragma once

#include <cstdint>

#include <tenon/support/text.hpp>

namespace tenon {

/// What is wrong with something handed over while the program runs.
enum class fault_kind : std::uint8_t {
  none,
  count,       ///< too many arguments or too few
  unusable,    ///< memory that this target cannot read, or a layout that no kernel has
  null_data,   ///< no data where there are elements
  type,        ///< another element type
  read_only,   ///< const data for an output
  rank,        ///< another number of dimensions
  extent,      ///< another extent, or one outside its bound or divisor
  stride,      ///< elements that do not lie where they are expected
  alignment,   ///< an address that is no multiple of what it has to be
  overlap,     ///< an output in the memory of another argument
  value,       ///< a number that the element type cannot hold
  workspace,   ///< too little memory to work in, or none to be had
  outside      ///< a part of an array or view that it does not have
};

/// A user's mistake that only shows while the program runs, as a value: true if there is one.
struct fault {
  fault_kind kind = fault_kind::none;
  int argument = -1;  // which one, counted from 0; -1: none in particular
  text sentence{};    // starts with the argument's name

  constexpr explicit operator bool() const { return kind != fault_kind::none; }
};

}  // namespace tenon
