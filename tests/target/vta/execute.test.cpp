#include <tenon/target/vta/execute.hpp>

#include <cstdint>
#include <limits>
#include <vector>

#include "support/both.hpp"
#include "target/vta/small.hpp"

namespace {

using namespace tenon::vta;

constexpr bool computes_as_the_alu_does() {
  constexpr std::int32_t most = std::numeric_limits<std::int32_t>::max(),
                         least = std::numeric_limits<std::int32_t>::min();
  return alu_result(alu::min, -3, 4) == -3 && alu_result(alu::max, -3, 4) == 4 &&
         alu_result(alu::add, most, 1) == least && alu_result(alu::mul, 1 << 20, 1 << 12) == 0 &&
         alu_result(alu::shr, -5, 1) == -3 && alu_result(alu::shr, 5, -2) == 20 &&
         alu_result(alu::shr, least, 40) == -1 && alu_result(alu::shr, 1, -32) == 0;
}

// One instruction on fresh memories and a DRAM of 0, 1, 2, ...
struct bench {
  std::vector<std::uint8_t> dram{};
  memories sram{};
  ledger book{};
  constexpr bench() {
    for (int n = 0; n < 64; ++n) dram.push_back(static_cast<std::uint8_t>(n));
  }
  constexpr void run(instruction const& i, mode how = mode::permissive) {
    instruction const all[] = {i};
    book.begin(all);
    book.enter(0, {});
    executor(tiny::sizes, how, sram, book).run(i, dram);
  }
};

constexpr bool pads_in_two_dimensions() {
  bench b{};
  b.run({.op = opcode::load,
         .memory_type = memory::inp,
         .sram_base = 1,
         .dram_base = 2,
         .y_size = 2,
         .x_size = 2,
         .x_stride = 5,
         .y_pad_0 = 1,
         .x_pad_1 = 1});
  // Elements of two bytes; rows of three elements behind a row of zeros.
  constexpr std::int8_t expected[] = {0, 0, 0, 0, 0, 0, 0, 0, 4, 5, 6, 7, 0, 0, 14, 15, 16, 17, 0, 0};
  for (std::size_t n = 0; n < 20; ++n) {
    if (b.sram.inp[n] != expected[n]) return false;
  }
  return b.sram.inp.size() == 20;
}
constexpr bool widens_accumulators() {
  bench b{};
  b.dram[3] = 0x80;
  b.run({.op = opcode::load, .memory_type = memory::acc, .y_size = 1, .x_size = 1});
  bool const words = b.sram.acc[0] == static_cast<std::int32_t>(0x80020100) && b.sram.acc[1] == 0x07060504;
  b.run({.op = opcode::load, .memory_type = memory::acc_8bit, .dram_base = 1, .y_size = 1, .x_size = 1});
  return words && b.sram.acc[0] == 2 && b.sram.acc[1] == -128;
}
constexpr bool stores_low_bits() {
  bench b{};
  b.sram.acc = {128, 1000};
  b.sram.uop = {{0, 0, 0}};
  b.run({.op = opcode::alu, .uop_end = 1, .iter_out = 1, .iter_in = 1, .alu_opcode = alu::add, .use_imm = 1});
  b.run({.op = opcode::store, .memory_type = memory::out, .dram_base = 1, .y_size = 1, .x_size = 1});
  return b.dram[2] == 0x80 && b.dram[3] == 0xe8 && b.dram[4] == 4;
}
constexpr bool does_nothing_in_a_loop_that_never_runs() {
  bench b{};
  b.run({.op = opcode::gemm, .reset = 1, .uop_end = 1, .iter_out = 0, .iter_in = 1});
  return b.sram.acc.empty() && b.book.fault.empty();
}

TEST_CASE("execute") {
  CHECK_BOTH(computes_as_the_alu_does());
  CHECK_BOTH(pads_in_two_dimensions());
  CHECK_BOTH(widens_accumulators());
  CHECK_BOTH(stores_low_bits());
  CHECK_BOTH(does_nothing_in_a_loop_that_never_runs());
}

}  // namespace
