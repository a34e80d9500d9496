#pragma once

#include <cstdint>
#include <string_view>

#include <tenon/target/vta/instruction.hpp>

namespace tenon::vta {

/// One field of a word: where it stands, how wide it is, and what may be in it.
template <class Owner, class Number>
struct field {
  std::string_view name;
  unsigned of;                               // a set of opcodes, bit `op` for each; 0 in a micro-op
  int word;  // 64-bit words; within one, fields follow each other in the order of the table
  int (*width)(configuration const&);  // in bits
  bool is_signed;
  std::int64_t least, most;  // what a portable instruction holds; most 0: as much as the bits
  Number Owner::* member;
  std::string_view meaning;
};

namespace detail {

template <int Bits>
constexpr int bits(configuration const&) {
  return Bits;
}
constexpr int lu(configuration const& c) { return c.uop_bits(); }
constexpr int lu_1(configuration const& c) { return c.uop_bits() + 1; }
constexpr int li(configuration const& c) { return c.inp_bits(); }
constexpr int lw(configuration const& c) { return c.wgt_bits(); }
constexpr int la(configuration const& c) { return c.acc_bits(); }

inline constexpr unsigned on_load = 1u << opcode::load, on_store = 1u << opcode::store, on_gemm = 1u << opcode::gemm,
                          on_finish = 1u << opcode::finish, on_alu = 1u << opcode::alu;
inline constexpr unsigned on_dma = on_load | on_store, on_loop = on_gemm | on_alu,
                          on_all = on_dma | on_loop | on_finish;

}  // namespace detail

using instruction_field = field<instruction, std::int64_t>;
using micro_op_field = field<micro_op, std::int32_t>;

// clang-format off
/// The instruction set. The encoder, the decoder, the disassembler's field lists and the checks are made from it.
inline constexpr instruction_field instruction_fields[] = {
    {"opcode",         detail::on_all,  0, detail::bits<3>,  false, 0, 4,     &instruction::op,             "what to do"},
    {"pop_prev",       detail::on_all,  0, detail::bits<1>,  false, 0, 1,     &instruction::pop_prev,       "first take a token from the unit before"},
    {"pop_next",       detail::on_all,  0, detail::bits<1>,  false, 0, 1,     &instruction::pop_next,       "first take a token from the unit behind"},
    {"push_prev",      detail::on_all,  0, detail::bits<1>,  false, 0, 1,     &instruction::push_prev,      "then give a token to the unit before"},
    {"push_next",      detail::on_all,  0, detail::bits<1>,  false, 0, 1,     &instruction::push_next,      "then give a token to the unit behind"},
    {"memory_type",    detail::on_dma,  0, detail::bits<3>,  false, 0, 5,     &instruction::memory_type,    "the SRAM, and the size of an element"},
    {"sram_base",      detail::on_dma,  0, detail::bits<16>, false, 0, 0,     &instruction::sram_base,      "the first element there"},
    {"dram_base",      detail::on_dma,  0, detail::bits<32>, false, 0, 0,     &instruction::dram_base,      "the first element in DRAM, counted from address 0"},
    {"y_size",         detail::on_dma,  1, detail::bits<16>, false, 0, 0,     &instruction::y_size,         "rows"},
    {"x_size",         detail::on_dma,  1, detail::bits<16>, false, 0, 0,     &instruction::x_size,         "elements in a row"},
    {"x_stride",       detail::on_dma,  1, detail::bits<16>, false, 0, 0,     &instruction::x_stride,       "elements from row to row in DRAM"},
    {"y_pad_0",        detail::on_dma,  1, detail::bits<4>,  false, 0, 0,     &instruction::y_pad_0,        "rows of zeros before"},
    {"y_pad_1",        detail::on_dma,  1, detail::bits<4>,  false, 0, 0,     &instruction::y_pad_1,        "rows of zeros behind"},
    {"x_pad_0",        detail::on_dma,  1, detail::bits<4>,  false, 0, 0,     &instruction::x_pad_0,        "zeros before each row"},
    {"x_pad_1",        detail::on_dma,  1, detail::bits<4>,  false, 0, 0,     &instruction::x_pad_1,        "zeros behind each row"},
    {"reset",          detail::on_loop, 0, detail::bits<1>,  false, 0, 1,     &instruction::reset,          "set to zero instead of adding; no effect in ALU"},
    {"uop_begin",      detail::on_loop, 0, detail::lu,       false, 0, 0,     &instruction::uop_begin,      "the first micro-op"},
    {"uop_end",        detail::on_loop, 0, detail::lu_1,     false, 1, 0,     &instruction::uop_end,        "the one behind the last"},
    {"iter_out",       detail::on_loop, 0, detail::bits<14>, false, 1, 0,     &instruction::iter_out,       "turns of the outer loop"},
    {"iter_in",        detail::on_loop, 0, detail::bits<14>, false, 1, 0,     &instruction::iter_in,        "turns of the inner loop"},
    {"dst_factor_out", detail::on_loop, 1, detail::la,       false, 0, 0,     &instruction::dst_factor_out, "added to dst each outer turn"},
    {"dst_factor_in",  detail::on_loop, 1, detail::la,       false, 0, 0,     &instruction::dst_factor_in,  "added to dst each inner turn"},
    {"src_factor_out", detail::on_gemm, 1, detail::li,       false, 0, 0,     &instruction::src_factor_out, "added to src each outer turn"},
    {"src_factor_in",  detail::on_gemm, 1, detail::li,       false, 0, 0,     &instruction::src_factor_in,  "added to src each inner turn"},
    {"wgt_factor_out", detail::on_gemm, 1, detail::lw,       false, 0, 0,     &instruction::wgt_factor_out, "added to wgt each outer turn"},
    {"wgt_factor_in",  detail::on_gemm, 1, detail::lw,       false, 0, 0,     &instruction::wgt_factor_in,  "added to wgt each inner turn"},
    {"src_factor_out", detail::on_alu,  1, detail::la,       false, 0, 0,     &instruction::src_factor_out, "added to src each outer turn"},
    {"src_factor_in",  detail::on_alu,  1, detail::la,       false, 0, 0,     &instruction::src_factor_in,  "added to src each inner turn"},
    {"alu_opcode",     detail::on_alu,  1, detail::bits<3>,  false, 0, 4,     &instruction::alu_opcode,     "what the ALU does"},
    {"use_imm",        detail::on_alu,  1, detail::bits<1>,  false, 0, 1,     &instruction::use_imm,        "with the immediate instead of src"},
    {"imm",            detail::on_alu,  1, detail::bits<16>, true,  0, 0,     &instruction::imm,            "the immediate"},
};

/// The indices of a micro-op.
inline constexpr micro_op_field micro_op_fields[] = {
    {"dst", 0, 0, detail::la, false, 0, 0, &micro_op::dst, "acc"},
    {"src", 0, 0, detail::li, false, 0, 0, &micro_op::src, "inp in GEMM, acc in ALU"},
    {"wgt", 0, 0, detail::lw, false, 0, 0, &micro_op::wgt, "wgt in GEMM, 0 in ALU"},
};
// clang-format on

/// Whether instructions with this opcode have the field. What is no opcode has the head only.
constexpr bool has_field(instruction_field const& f, std::int64_t op) {
  if (op < 0 || op > opcode::alu) return f.of == detail::on_all;
  return (f.of >> op & 1u) != 0;
}

/// Calls `what(field, first bit, width)` for each field of an instruction, or of a micro-op, in order.
template <class What>
constexpr void for_each_field(configuration const& c, std::int64_t op, What what) {
  int at[2] = {0, 64};
  for (instruction_field const& f : instruction_fields) {
    if (!has_field(f, op)) continue;
    int const width = f.width(c);
    what(f, at[f.word], width);
    at[f.word] += width;
  }
}
template <class What>
constexpr void for_each_micro_op_field(configuration const& c, What what) {
  int at = 0;
  for (micro_op_field const& f : micro_op_fields) {
    int const width = f.width(c);
    what(f, at, width);
    at += width;
  }
}

}  // namespace tenon::vta
