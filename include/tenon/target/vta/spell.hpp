#pragma once

#include <cstdint>
#include <string_view>

#include <tenon/support/text.hpp>
#include <tenon/target/vta/instruction.hpp>

namespace tenon::vta {

namespace detail {

constexpr void spell_dma(text& to, instruction const& i) {
  bool const is_load = i.op == opcode::load;
  to << name_of_opcode(i.op) << " " << name_of_memory(i.memory_type);
  if (i.is_no_op()) {
    to << " nothing";
    return;
  }
  to << "[" << i.sram_base << ".." << i.sram_base + i.rows() * i.columns() << ")" << (is_load ? " from " : " to ")
     << i.dram_base << ": " << i.y_size << " x " << i.x_size;
  if (i.y_size > 1) to << " stride " << i.x_stride;
  if (i.y_pad_0 + i.y_pad_1 + i.x_pad_0 + i.x_pad_1 != 0) {
    to << " padded " << i.y_pad_0 << " " << i.y_pad_1 << " x " << i.x_pad_0 << " " << i.x_pad_1;
  }
}

constexpr void spell_loop(text& to, instruction const& i) {
  bool const is_alu = i.op == opcode::alu;
  to << (is_alu ? name_of_alu(i.alu_opcode) : std::string_view(i.reset != 0 ? "reset" : "gemm"));
  to << " uops[" << i.uop_begin << ".." << i.uop_end << ") x " << i.iter_out << " x " << i.iter_in;
  auto const factors = [&](std::string_view name, std::int64_t out, std::int64_t in) {
    if (out != 0 || in != 0) to << ", " << name << " +" << out << " +" << in;
  };
  factors("dst", i.dst_factor_out, i.dst_factor_in);
  if (i.reset == 0 && i.use_imm == 0) factors("src", i.src_factor_out, i.src_factor_in);
  if (i.reset == 0 && !is_alu) factors("wgt", i.wgt_factor_out, i.wgt_factor_in);
  if (is_alu && i.use_imm != 0) to << ", by " << i.imm;
}

}  // namespace detail

/// Writes an instruction as one line: what it does, then the tokens that it waits for and gives.
///
///     load inp[0..480) from 1024: 15 x 28 stride 28 padded 1 0 x 1 1; waits compute, signals compute
constexpr text spell(instruction const& i) {
  text to{};
  if (i.is_dma()) {
    detail::spell_dma(to, i);
  } else if (i.is_loop()) {
    detail::spell_loop(to, i);
  } else {
    to << name_of_opcode(i.op);
  }
  unit const u = unit_of(i);
  std::string_view const prev = u == unit::store ? "compute" : "load";
  std::string_view const next = u == unit::load ? "compute" : "store";
  std::string_view before = "; ";
  auto const flag = [&](std::int64_t is, std::string_view does, std::string_view whom) {
    if (is == 0) return;
    to << before << does << whom;
    before = ", ";
  };
  flag(i.pop_prev, "waits ", prev);
  flag(i.pop_next, "waits ", next);
  flag(i.push_prev, "signals ", prev);
  flag(i.push_next, "signals ", next);
  return to;
}

/// "12 (gemm uops[0..3) x 1 x 14)": an instruction as sentences call it, by its place in the stream.
constexpr text spell(std::size_t at, instruction const& i) {
  return text{} << at << " (" << std::string_view(spell(i)) << ")";
}

}  // namespace tenon::vta
