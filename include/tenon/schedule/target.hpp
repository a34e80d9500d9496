#pragma once

#include <cstdint>

#include <tenon/schedule/step.hpp>
#include <tenon/support/static_vector.hpp>
#include <tenon/support/text_view.hpp>

namespace tenon {

/// A memory of a machine. A target lists its memories; schedules and instructions name them.
struct memory {
  space where{};
  std::int64_t bytes = 0;      // that it holds; 0: as many as are asked for
  std::int64_t alignment = 1;  // bytes to which the first element of each tensor in it is aligned
  std::int64_t block = 1;  // bytes that one address stands for: what instructions are handed begins at a whole block
  static_vector<label, 10> reached_by{};  // the units whose instructions read and write it; none named: all
};

/// A part of a machine that does instructions while other parts do others.
struct unit {
  label name{};
  bool in_order = true;  // one after another, as they stand in the program
};

/// The range of a number that is written into an instruction: how often it repeats, how far apart rows lie.
struct limit {
  label of{};  // a run-time extent of the instruction, or "x.stride": from row to row of its operand x, in elements
  std::int64_t least = 0;
  std::int64_t most = 0;
};

/// A CPU, as a schedule sees it. An operator's `schedule(cpu_target)` may ask it for numbers.
struct cpu_target {
  text_view name = "avx512";  // the set of instructions
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
