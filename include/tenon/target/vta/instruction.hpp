#pragma once

#include <cstdint>
#include <string_view>

#include <tenon/target/vta/configuration.hpp>

namespace tenon::vta {

/// What an instruction does.
namespace opcode {
enum kind : std::int64_t { load, store, gemm, finish, alu };
}

/// What the ALU does with two numbers.
namespace alu {
enum kind : std::int64_t { min, max, add, shr, mul };
}

/// What an opcode is called.
constexpr std::string_view name_of_opcode(std::int64_t which) {
  constexpr std::string_view names[] = {"load", "store", "gemm", "finish", "alu"};
  return which >= 0 && which < 5 ? names[which] : "unknown";
}

/// What an operation of the ALU is called.
constexpr std::string_view name_of_alu(std::int64_t which) {
  constexpr std::string_view names[] = {"min", "max", "add", "shr", "mul"};
  return which >= 0 && which < 5 ? names[which] : "unknown";
}

/// One instruction. Every field is a whole number, so that one that no bits can hold may be written down and refused.
struct instruction {
  std::int64_t op = opcode::load;
  // Tokens: before it starts it takes, after its end it gives.
  std::int64_t pop_prev = 0, pop_next = 0, push_prev = 0, push_next = 0;
  // LOAD and STORE.
  std::int64_t memory_type = 0, sram_base = 0, dram_base = 0;
  std::int64_t y_size = 0, x_size = 0, x_stride = 0;
  std::int64_t y_pad_0 = 0, y_pad_1 = 0, x_pad_0 = 0, x_pad_1 = 0;
  // GEMM and ALU.
  std::int64_t reset = 0, uop_begin = 0, uop_end = 0, iter_out = 0, iter_in = 0;
  std::int64_t dst_factor_out = 0, dst_factor_in = 0, src_factor_out = 0, src_factor_in = 0;
  std::int64_t wgt_factor_out = 0, wgt_factor_in = 0;
  std::int64_t alu_opcode = 0, use_imm = 0, imm = 0;

  constexpr bool operator==(instruction const&) const = default;

  constexpr bool is_dma() const { return op == opcode::load || op == opcode::store; }
  constexpr bool is_loop() const { return op == opcode::gemm || op == opcode::alu; }
  /// Whether it only handles tokens.
  constexpr bool is_no_op() const { return is_dma() && x_size == 0; }
  /// The rows and columns of SRAM elements that a LOAD or STORE touches, padding included.
  constexpr std::int64_t rows() const { return y_pad_0 + y_size + y_pad_1; }
  constexpr std::int64_t columns() const { return x_pad_0 + x_size + x_pad_1; }
};

/// The indices of one step of a GEMM or ALU loop: acc, inp (GEMM) or acc (ALU), wgt (GEMM).
struct micro_op {
  std::int32_t dst = 0, src = 0, wgt = 0;
  constexpr bool operator==(micro_op const&) const = default;
};

/// The units that run concurrently, each its own instructions in order.
enum class unit : std::uint8_t { load, compute, store };

inline constexpr int units = 3;

constexpr std::string_view name_of(unit u) {
  constexpr std::string_view names[] = {"load", "compute", "store"};
  return names[static_cast<int>(u)];
}

/// Which unit carries out an instruction.
constexpr unit unit_of(instruction const& i) {
  if (i.op == opcode::store) return unit::store;
  if (i.op == opcode::load && (i.memory_type == memory::inp || i.memory_type == memory::wgt)) return unit::load;
  return unit::compute;
}

}  // namespace tenon::vta
