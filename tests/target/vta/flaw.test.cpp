#include <tenon/target/vta/flaw.hpp>

#include <string_view>

#include "support/both.hpp"

namespace {

using namespace tenon::vta;

constexpr configuration c = sizes_of<pynq>;

constexpr instruction good_load() {
  return {.op = opcode::load,
          .memory_type = memory::inp,
          .y_size = 2,
          .x_size = 8,
          .x_stride = 8,
          .y_pad_0 = 1,
          .x_pad_1 = 15};
}
constexpr instruction good_store() {
  return {.op = opcode::store, .memory_type = memory::out, .y_size = 2, .x_size = 8, .x_stride = 8};
}
constexpr instruction good_gemm() { return {.op = opcode::gemm, .uop_end = 1, .iter_out = 1, .iter_in = 1}; }
constexpr instruction good_alu() {
  return {.op = opcode::alu, .uop_end = 1, .iter_out = 1, .iter_in = 1, .alu_opcode = alu::shr, .use_imm = 1, .imm = 8};
}
constexpr bool grants_what_is_right() {
  return flaw_of(c, good_load()).empty() && flaw_of(c, good_store()).empty() && flaw_of(c, good_gemm()).empty() &&
         flaw_of(c, good_alu()).empty() && flaw_of(c, {.op = opcode::finish, .pop_prev = 1, .pop_next = 1}).empty() &&
         flaw_of(c, {.op = opcode::load, .push_next = 1, .memory_type = memory::inp}).empty();
}
// Changes one field of a good instruction.
constexpr bool refuses(instruction i, std::int64_t instruction::* member, std::int64_t value, std::string_view words) {
  i.*member = value;
  return flaw_of(c, i) == words;
}
constexpr bool refuses_what_bits_cannot_hold() {
  using i = instruction;
  return refuses(good_load(), &i::op, 5, "opcode 5 means nothing; there are 0 to 4") &&
         refuses(good_load(), &i::x_pad_0, 16, "x_pad_0 is 16; it may be 0 to 15") &&
         refuses(good_load(), &i::y_size, 65536, "y_size is 65536; it may be 0 to 65535") &&
         refuses(good_load(), &i::memory_type, 6, "memory_type is 6; it may be 0 to 5") &&
         refuses(good_gemm(), &i::iter_out, 16384, "iter_out is 16384; it may be 1 to 16383") &&
         refuses(good_gemm(), &i::iter_in, 0, "iter_in is 0; it may be 1 to 16383") &&
         refuses(good_gemm(), &i::wgt_factor_in, 1024, "wgt_factor_in is 1024; it may be 0 to 1023") &&
         refuses(good_alu(), &i::imm, 32768, "imm is 32768; it may be -32768 to 32767") &&
         refuses(good_alu(), &i::alu_opcode, 5, "alu_opcode is 5; it may be 0 to 4") &&
         refuses(good_alu(), &i::wgt_factor_in, 1, "wgt_factor_in is 1; alu has no such field, leave it 0");
}
constexpr bool refuses_flags_without_a_neighbour() {
  using i = instruction;
  return refuses(good_load(), &i::pop_prev, 1, "nothing stands before load; it has no tokens to prev") &&
         refuses(good_load(), &i::push_prev, 1, "nothing stands before load; it has no tokens to prev") &&
         refuses(good_store(), &i::pop_next, 1, "nothing stands behind store; it has no tokens to next") &&
         refuses(good_store(), &i::push_next, 1, "nothing stands behind store; it has no tokens to next");
}
constexpr bool refuses_transfers_that_machines_disagree_on() {
  using i = instruction;
  return refuses(good_store(), &i::memory_type, memory::acc, "a store takes from out, not from acc") &&
         refuses(good_store(), &i::x_pad_0, 1, "a store has no padding") &&
         refuses(good_load(), &i::memory_type, memory::out, "nothing loads out; compute writes it") &&
         refuses(good_load(), &i::memory_type, memory::acc_8bit,
                 "this machine has no acc_8bit; load acc with 32 bits") &&
         refuses(good_load(), &i::memory_type, memory::wgt, "some machines ignore the padding of weights") &&
         refuses(good_load(), &i::memory_type, memory::uop, "micro-ops are loaded in one row without padding") &&
         refuses(good_load(), &i::x_size, 0,
                 "x_size is 0, and some machines write the padding all the same; leave rows, stride and pads 0") &&
         refuses(good_load(), &i::y_size, 0, "y_size is 0 and x_size is not; some machines never end that") &&
         refuses(good_load(), &i::sram_base, 2000, "inp[2000..2069) is outside; inp has 2048 elements") &&
         refuses(good_load(), &i::dram_base, (std::int64_t{1} << 28) - 15, "the last byte in DRAM is beyond 32 bits");
}
constexpr bool refuses_loops_that_machines_disagree_on() {
  using i = instruction;
  return refuses(good_gemm(), &i::uop_begin, 1, "no micro-ops in [1..1); some machines run away with that") &&
         refuses(good_gemm(), &i::uop_end, 8193, "uops[..8193) is outside; uop has 8192 elements") &&
         refuses(good_alu(), &i::reset, 1, "reset has no effect in ALU; leave it 0") &&
         refuses(good_alu(), &i::alu_opcode, alu::mul, "this machine has no mul") &&
         refuses(good_alu(), &i::imm, 16, "a shift by 16; machines agree on -15 to 15, take two shifts") &&
         refuses(good_alu(), &i::src_factor_in, 1,
                 "with an immediate some machines read src, some dst; give both the same factors");
}
constexpr bool knows_what_a_machine_has() {
  instruction product = good_alu();
  product.alu_opcode = alu::mul;
  instruction end = good_gemm();
  end.uop_end = 2049;
  return flaw_of(sizes_of<fsim>, product).empty() && flaw_of(c, end).empty() &&
         !flaw_of(sizes_of<de10nano>, end).empty();
}
constexpr bool refuses_micro_ops_beyond_their_bits() {
  return flaw_of(c, micro_op{2047, 2047, 1023}).empty() &&
         flaw_of(c, micro_op{0, 2048, 0}) == "micro-op: src is 2048; it may be 0 to 2047" &&
         !flaw_of(c, micro_op{-1, 0, 0}).empty();
}

constexpr bool tells_what_no_machine_carries_out() {
  instruction never = good_gemm(), shift = good_alu(), none = good_alu(), wide = good_load(), nowhere = good_load();
  never.iter_out = 0;
  shift.imm = 40;
  none.alu_opcode = 5;
  wide.sram_base = -1;
  nowhere.memory_type = 7;
  instruction out = good_load(), acc = good_store();
  out.memory_type = memory::out;
  acc.memory_type = memory::acc;
  instruction padded = good_store();
  padded.x_pad_1 = 1;
  return undefined_in(c, padded) == "a store has no padding" && undefined_in(c, never).empty() &&
         undefined_in(c, shift).empty() && undefined_in(c, good_load()).empty() &&
         undefined_in(c, good_store()).empty() && !undefined_in(c, none).empty() && !undefined_in(c, wide).empty() &&
         !undefined_in(c, nowhere).empty() && !undefined_in(c, out).empty() && !undefined_in(c, acc).empty() &&
         !undefined_in(c, {.op = 6}).empty();
}

TEST_CASE("flaw") {
  CHECK_BOTH(tells_what_no_machine_carries_out());
  CHECK_BOTH(grants_what_is_right());
  CHECK_BOTH(refuses_what_bits_cannot_hold());
  CHECK_BOTH(refuses_flags_without_a_neighbour());
  CHECK_BOTH(refuses_transfers_that_machines_disagree_on());
  CHECK_BOTH(refuses_loops_that_machines_disagree_on());
  CHECK_BOTH(knows_what_a_machine_has());
  CHECK_BOTH(refuses_micro_ops_beyond_their_bits());
}

}  // namespace
