#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/program.hpp>
#include <tenon/target/cpu/executor.hpp>

namespace tenon::cpu {

/// What one call of a kernel works on: plain memory, checked before.
struct call_data {
  static constexpr std::size_t most_arguments = 24;
  static constexpr std::size_t most_parameters = 12;
  void* data[most_arguments + 1]{};                            // by buffer
  std::int64_t strides[most_arguments + 1][ir::max_rank]{};    // in elements
  std::int64_t parameters[most_parameters]{};                  // by parameter
  std::byte* shared = nullptr;                                 // workspace of all, aligned to a cache line
  std::byte* workers = nullptr;                                // and of each worker, one behind the other
  executor* runner = nullptr;                                  // none: iterations run in order
};

}  // namespace tenon::cpu
