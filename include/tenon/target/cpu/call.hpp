#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/program.hpp>

namespace tenon::cpu {

/// Who runs the iterations of a parallel loop: `run(tasks, body, context)` calls body(context, task, worker) once for each task.
struct parallel_runner {
  using body_function = void (*)(void* context, std::int64_t task, int worker);
  void (*run)(void* self, std::int64_t tasks, body_function body, void* context) = nullptr;
  void* self = nullptr;
};

/// What one call of a kernel works on: plain memory, checked before.
struct call_data {
  static constexpr std::size_t most_arguments = 24;
  static constexpr std::size_t most_parameters = 12;
  void* data[most_arguments + 1]{};                            // by buffer
  std::int64_t strides[most_arguments + 1][ir::max_rank]{};    // in elements
  std::int64_t parameters[most_parameters]{};                  // by parameter
  std::byte* shared = nullptr;                                 // workspace of all, aligned to a cache line
  std::byte* workers = nullptr;                                // and of each worker, one behind the other
  parallel_runner runner{};                                    // none: iterations run in order
};

}  // namespace tenon::cpu
