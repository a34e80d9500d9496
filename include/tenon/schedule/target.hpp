#pragma once

#include <string_view>

namespace tenon {

/// A CPU, as a schedule sees it. An operator's `schedule(cpu_target)` may ask it for numbers.
struct cpu_target {
  std::string_view name = "avx512";  // the set of instructions
  int vector_bytes = 64;
  int vector_registers = 32;

  /// How many elements of type T fill a vector register.
  template <class T>
  constexpr int lanes() const {
    return vector_bytes > static_cast<int>(sizeof(T)) ? vector_bytes / static_cast<int>(sizeof(T)) : 1;
  }
};

/// A GPU, as a schedule sees it.
struct cuda_target {};

/// VTA, the accelerator, as a schedule sees it.
struct vta_target {};

}  // namespace tenon
