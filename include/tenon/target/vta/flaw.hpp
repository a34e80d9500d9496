#pragma once

#include <cstdint>

#include <tenon/support/text.hpp>
#include <tenon/target/vta/encode.hpp>
#include <tenon/target/vta/fields.hpp>

namespace tenon::vta {

namespace detail {

// Whether a row of the table and a row that instructions with this opcode have stand for the same number.
constexpr bool is_elsewhere(instruction_field const& f, std::int64_t op) {
  for (instruction_field const& other : instruction_fields) {
    if (other.member == f.member && has_field(other, op)) return true;
  }
  return false;
}

// What the table says: each field within its limits, and nothing in fields of other instructions.
constexpr text flaw_of_fields(configuration const& c, instruction const& i) {
  if (i.op < 0 || i.op > opcode::alu) return text{} << "opcode " << i.op << " means nothing; there are 0 to 4";
  for (instruction_field const& f : instruction_fields) {
    std::int64_t const value = i.*f.member;
    if (!has_field(f, i.op)) {
      if (value == 0 || is_elsewhere(f, i.op)) continue;
      return text{} << f.name << " is " << value << "; " << name_of_opcode(i.op) << " has no such field, leave it 0";
    }
    std::int64_t const half = std::int64_t{1} << (f.width(c) - (f.is_signed ? 1 : 0));
    std::int64_t const least = f.is_signed ? -half : f.least, most = f.most != 0 ? f.most : half - 1;
    if (value < least || value > most) {
      return text{} << f.name << " is " << value << "; it may be " << least << " to " << most;
    }
  }
  return {};
}

constexpr text flaw_of_flags(instruction const& i) {
  text no{};
  unit const u = unit_of(i);
  if (u == unit::load && (i.pop_prev != 0 || i.push_prev != 0))
    return no << "nothing stands before load; it has no tokens to prev";
  if (u == unit::store && (i.pop_next != 0 || i.push_next != 0))
    return no << "nothing stands behind store; it has no tokens to next";
  return no;
}

constexpr text flaw_of_dma(configuration const& c, instruction const& i) {
  text no{};
  std::int64_t const m = i.memory_type;
  bool const padded = i.y_pad_0 != 0 || i.y_pad_1 != 0 || i.x_pad_0 != 0 || i.x_pad_1 != 0;
  if (i.op == opcode::store && m != memory::out) return no << "a store takes from out, not from " << name_of_memory(m);
  if (i.op == opcode::load && m == memory::out) return no << "nothing loads out; compute writes it";
  if (m == memory::acc_8bit && !c.has_acc_8bit) return no << "this machine has no acc_8bit; load acc with 32 bits";
  if (i.x_size == 0) {
    bool const plain = !padded && i.y_size == 0 && i.x_stride == 0;
    return plain ? no
                 : no << "x_size is 0, and some machines write the padding all the same; leave rows, stride and pads 0";
  }
  if (i.y_size == 0) return no << "y_size is 0 and x_size is not; some machines never end that";
  if (m == memory::uop && (i.y_size != 1 || padded)) return no << "micro-ops are loaded in one row without padding";
  if (m == memory::wgt && padded) return no << "some machines ignore the padding of weights";
  if (i.op == opcode::store && padded) return no << "a store has no padding";
  std::int64_t const end = i.sram_base + i.rows() * i.columns();
  if (end > c.depth(m)) {
    return no << name_of_memory(m) << "[" << i.sram_base << ".." << end << ") is outside; " << name_of_memory(m)
              << " has " << c.depth(m) << " elements";
  }
  std::int64_t const last = i.dram_base + (i.y_size - 1) * i.x_stride + i.x_size;
  if (last * c.bytes(m) > std::int64_t{1} << 32) return no << "the last byte in DRAM is beyond 32 bits";
  return no;
}

constexpr text flaw_of_loop(configuration const& c, instruction const& i) {
  text no{};
  if (i.uop_end <= i.uop_begin) {
    return no << "no micro-ops in [" << i.uop_begin << ".." << i.uop_end << "); some machines run away with that";
  }
  if (i.uop_end > c.depth(memory::uop)) {
    return no << "uops[.." << i.uop_end << ") is outside; uop has " << c.depth(memory::uop) << " elements";
  }
  if (i.op == opcode::gemm) return no;
  if (i.reset != 0) return no << "reset has no effect in ALU; leave it 0";
  if (i.alu_opcode == alu::mul && !c.has_mul) return no << "this machine has no mul";
  if (i.use_imm == 0) return no;
  if (i.alu_opcode == alu::shr && (i.imm < -15 || i.imm > 15)) {
    return no << "a shift by " << i.imm << "; machines agree on -15 to 15, take two shifts";
  }
  if (i.src_factor_out != i.dst_factor_out || i.src_factor_in != i.dst_factor_in) {
    return no << "with an immediate some machines read src, some dst; give both the same factors";
  }
  return no;
}

}  // namespace detail

/// What no machine carries out: numbers that the bits cannot hold, opcodes and memories that mean nothing, flags of a neighbour
/// that is not there. Or nothing.
constexpr text undefined_in(configuration const& c, instruction const& i) {
  text no = detail::flaw_of_flags(i);
  bool const stores = i.op == opcode::store;
  bool const is_padded_store = stores && (i.rows() != i.y_size || i.columns() != i.x_size);
  bool const is_named = !i.is_dma() || (stores == (i.memory_type == memory::out) && !is_padded_store);
  bool const is_held = decode(c, encode(c, i)) == i;
  if (no.empty() && i.is_dma() && !is_named) no = detail::flaw_of_dma(c, i);
  if (no.empty() && (!is_held || i.memory_type > memory::acc_8bit || i.alu_opcode > alu::mul || i.op > opcode::alu)) {
    no = detail::flaw_of_fields(c, i);
  }
  return no;
}

/// What is wrong with an instruction by itself, whatever the memories hold: what no bits can hold, what machines disagree on, what is
/// outside an SRAM. Or nothing.
constexpr text flaw_of(configuration const& c, instruction const& i) {
  text no = detail::flaw_of_fields(c, i);
  if (no.empty()) no = detail::flaw_of_flags(i);
  if (no.empty() && i.is_dma()) no = detail::flaw_of_dma(c, i);
  if (no.empty() && i.is_loop()) no = detail::flaw_of_loop(c, i);
  return no;
}

/// What is wrong with a micro-op by itself: an index that its bits cannot hold.
constexpr text flaw_of(configuration const& c, micro_op const& u) {
  text no{};
  for_each_micro_op_field(c, [&](micro_op_field const& f, int, int width) {
    std::int64_t const most = (std::int64_t{1} << width) - 1;
    if (no.empty() && (u.*f.member < 0 || u.*f.member > most)) {
      no << "micro-op: " << f.name << " is " << u.*f.member << "; it may be 0 to " << most;
    }
  });
  return no;
}

}  // namespace tenon::vta
