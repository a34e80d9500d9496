#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tenon/support/text.hpp>
#include <tenon/target/vta/flaw.hpp>
#include <tenon/target/vta/insert_tokens.hpp>
#include <tenon/target/vta/stream.hpp>

namespace tenon::vta {

/// A block of DRAM as LOAD and STORE take it: rows of elements, `stride` elements apart, with zeros around.
struct block {
  std::int64_t dram = 0;  // the first element
  std::int64_t rows = 1, columns = 0, stride = 0;
  std::int64_t top = 0, bottom = 0, left = 0, right = 0;
};

/// The two loops around a list of micro-ops, and what each turn adds to an index.
struct loops {
  std::int64_t out = 1, in = 1;
  std::int64_t dst_out = 0, dst_in = 0, src_out = 0, src_in = 0, wgt_out = 0, wgt_in = 0;
};

/// Writes a stream. Micro-ops are loaded when they are first used, tokens put in at the end.
///
///     builder b(sizes_of<pynq>, micro_op_base);
///     b.load(memory::inp, 0, {.dram = 512, .columns = 14});
///     b.gemm(micro_ops, {.out = 14, .dst_out = 1, .src_out = 1});
///     stream const s = b.finish();
class builder {
 public:
  /// `micro_op_base` is the element number in DRAM at which the micro-ops will lie.
  constexpr builder(configuration const& sizes, std::int64_t micro_op_base)
      : made_{.sizes = sizes, .micro_op_base = micro_op_base} {}

  /// The element of a memory at a byte's address in DRAM, where elements of that memory may begin.
  constexpr std::int64_t at_byte(std::int64_t which, std::int64_t address) {
    std::int64_t const bytes = made_.sizes.bytes(which);
    if (address < 0 || address % bytes != 0) {
      note(text{} << "byte " << address << " of DRAM is no multiple of " << bytes << ", an element of "
                  << name_of_memory(which));
    }
    return address / bytes;
  }

  /// Loads into inp, wgt or acc, from element `sram` on.
  constexpr void load(std::int64_t which, std::int64_t sram, block const& from) {
    append(transfer(opcode::load, which, sram, from));
  }
  /// Stores from out.
  constexpr void store(std::int64_t sram, block const& to) { append(transfer(opcode::store, memory::out, sram, to)); }
  /// Sets accumulators to zero.
  constexpr void reset(std::span<micro_op const> ops, loops const& around) {
    loops only_dst{.out = around.out, .in = around.in, .dst_out = around.dst_out, .dst_in = around.dst_in};
    instruction i = loop(opcode::gemm, ops, only_dst);
    i.reset = 1;
    append(i);
  }
  /// Adds products of inputs and weights to accumulators.
  constexpr void gemm(std::span<micro_op const> ops, loops const& around) { append(loop(opcode::gemm, ops, around)); }
  /// Combines accumulators with others.
  constexpr void alu(std::int64_t op, std::span<micro_op const> ops, loops const& around) {
    instruction i = loop(opcode::alu, ops, around);
    i.alu_opcode = op;
    append(i);
  }
  /// Combines accumulators with a number. The src of each micro-op should be its dst.
  constexpr void alu_immediate(std::int64_t op, std::int64_t number, std::span<micro_op const> ops, loops around) {
    around.src_out = around.dst_out;
    around.src_in = around.dst_in;
    instruction i = loop(opcode::alu, ops, around);
    i.alu_opcode = op;
    i.use_imm = 1;
    i.imm = number;
    append(i);
  }
  /// The stream so far, with FINISH behind it and tokens in it.
  constexpr stream finish() const {
    stream s = made_;
    s.instructions.push_back({.op = opcode::finish});
    insert_tokens(s);
    return s;
  }
  /// What is wrong with the first instruction that no machine, or not every one, carries out; or nothing.
  constexpr text const& wrong() const { return wrong_; }

 private:
  struct resident {
    std::size_t first = 0, count = 0;  // in made_.micro_ops
    std::int64_t at = -1;              // in the micro-op SRAM, -1 when it is there no more
  };

  static constexpr instruction transfer(std::int64_t op, std::int64_t which, std::int64_t sram, block const& b) {
    return {.op = op,
            .memory_type = which,
            .sram_base = sram,
            .dram_base = b.dram,
            .y_size = b.rows,
            .x_size = b.columns,
            .x_stride = b.rows > 1 ? b.stride : b.columns,
            .y_pad_0 = b.top,
            .y_pad_1 = b.bottom,
            .x_pad_0 = b.left,
            .x_pad_1 = b.right};
  }
  constexpr instruction loop(std::int64_t op, std::span<micro_op const> ops, loops const& l) {
    std::int64_t const at = bring(ops);
    return {.op = op,
            .uop_begin = at,
            .uop_end = at + std::ssize(ops),
            .iter_out = l.out,
            .iter_in = l.in,
            .dst_factor_out = l.dst_out,
            .dst_factor_in = l.dst_in,
            .src_factor_out = l.src_out,
            .src_factor_in = l.src_in,
            .wgt_factor_out = l.wgt_out,
            .wgt_factor_in = l.wgt_in};
  }
  constexpr void append(instruction const& i) {
    note(flaw_of(made_.sizes, i));
    made_.instructions.push_back(i);
  }
  constexpr void note(text const& flaw) {
    if (wrong_.empty() && !flaw.empty()) wrong_ = flaw;
  }

  constexpr bool is(resident const& r, std::span<micro_op const> ops) const {
    if (r.count != ops.size()) return false;
    for (std::size_t n = 0; n < ops.size(); ++n) {
      if (!(made_.micro_ops[r.first + n] == ops[n])) return false;
    }
    return true;
  }
  // Where the micro-ops are in the SRAM; loads them unless they are there. In DRAM each list stands once, and none is moved.
  constexpr std::int64_t bring(std::span<micro_op const> ops) {
    std::size_t found = 0;
    while (found < lists_.size() && !is(lists_[found], ops)) ++found;
    if (found == lists_.size()) {
      lists_.push_back({.first = made_.micro_ops.size(), .count = ops.size()});
      for (micro_op const& u : ops) {
        note(flaw_of(made_.sizes, u));
        made_.micro_ops.push_back(u);
      }
    }
    if (lists_[found].at >= 0) return lists_[found].at;
    if (next_ + std::ssize(ops) > made_.sizes.depth(memory::uop)) {  // full: from the start again
      next_ = 0;
      for (resident& r : lists_) r.at = -1;
    }
    lists_[found].at = next_;
    next_ += std::ssize(ops);
    append({.op = opcode::load,
            .memory_type = memory::uop,
            .sram_base = lists_[found].at,
            .dram_base = made_.micro_op_base + static_cast<std::int64_t>(lists_[found].first),
            .y_size = 1,
            .x_size = std::ssize(ops),
            .x_stride = std::ssize(ops)});
    return lists_[found].at;
  }

  stream made_;
  std::vector<resident> lists_{};
  std::int64_t next_ = 0;
  text wrong_{};
};

}  // namespace tenon::vta
