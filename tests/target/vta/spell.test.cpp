#include <tenon/target/vta/spell.hpp>

#include <string_view>

#include "support/both.hpp"

namespace {

using namespace tenon::vta;

constexpr bool reads(instruction const& i, std::string_view words) { return spell(i) == words; }

constexpr bool spells_loads_and_stores() {
  return reads({.op = opcode::load,
                .pop_next = 1,
                .push_next = 1,
                .memory_type = memory::inp,
                .dram_base = 1024,
                .y_size = 15,
                .x_size = 28,
                .x_stride = 28,
                .y_pad_0 = 1,
                .x_pad_0 = 1,
                .x_pad_1 = 1},
               "load inp[0..480) from 1024: 15 x 28 stride 28 padded 1 0 x 1 1; waits compute, signals compute") &&
         reads({.op = opcode::load, .memory_type = memory::uop, .sram_base = 3, .y_size = 1, .x_size = 2},
               "load uop[3..5) from 0: 1 x 2") &&
         reads(
             {.op = opcode::store, .pop_prev = 1, .memory_type = memory::out, .dram_base = 7, .y_size = 1, .x_size = 4},
             "store out[0..4) to 7: 1 x 4; waits compute") &&
         reads({.op = opcode::load, .push_next = 1, .memory_type = memory::wgt}, "load wgt nothing; signals compute");
}
constexpr bool spells_loops() {
  return reads({.op = opcode::gemm,
                .pop_prev = 1,
                .push_next = 1,
                .uop_end = 3,
                .iter_out = 14,
                .iter_in = 3,
                .dst_factor_out = 1,
                .src_factor_out = 2,
                .wgt_factor_in = 1},
               "gemm uops[0..3) x 14 x 3, dst +1 +0, src +2 +0, wgt +0 +1; waits load, signals store") &&
         reads({.op = opcode::gemm,
                .push_prev = 1,
                .reset = 1,
                .uop_end = 1,
                .iter_out = 2,
                .iter_in = 1,
                .dst_factor_out = 1},
               "reset uops[0..1) x 2 x 1, dst +1 +0; signals load") &&
         reads({.op = opcode::alu,
                .pop_next = 1,
                .uop_end = 1,
                .iter_out = 1,
                .iter_in = 9,
                .dst_factor_in = 1,
                .src_factor_in = 1,
                .alu_opcode = alu::shr,
                .use_imm = 1,
                .imm = 8},
               "shr uops[0..1) x 1 x 9, dst +0 +1, by 8; waits store") &&
         reads(
             {.op = opcode::alu, .uop_end = 1, .iter_out = 1, .iter_in = 9, .src_factor_in = 4, .alu_opcode = alu::add},
             "add uops[0..1) x 1 x 9, src +0 +4") &&
         reads({.op = opcode::finish, .pop_next = 1}, "finish; waits store") && reads({.op = 6}, "unknown");
}
constexpr bool says_where_an_instruction_stands() { return spell(12, {.op = opcode::finish}) == "12 (finish)"; }

TEST_CASE("spell") {
  CHECK_BOTH(spells_loads_and_stores());
  CHECK_BOTH(spells_loops());
  CHECK_BOTH(says_where_an_instruction_stands());
}

}  // namespace
