#include <tenon/target/vta/encode.hpp>

#include "support/both.hpp"
#include "target/vta/dice.hpp"

namespace {

using namespace tenon::vta;

constexpr configuration c = sizes_of<pynq>;

constexpr bool survives_the_bits(configuration const& sizes, int times) {
  dice d{};
  for (int n = 0; n < times; ++n) {
    instruction const i = random_instruction(sizes, d);
    word128 const w = encode(sizes, i);
    if (!(decode(sizes, w) == i) || !(encode(sizes, decode(sizes, w)) == w)) return false;
  }
  return true;
}
constexpr bool micro_ops_survive_the_bits(configuration const& sizes) {
  dice d{};
  for (int n = 0; n < 50; ++n) {
    micro_op const u{static_cast<int>(d.below(sizes.depth(memory::acc))),
                     static_cast<int>(d.below(sizes.depth(memory::inp))),
                     static_cast<int>(d.below(sizes.depth(memory::wgt)))};
    if (!(decode(sizes, encode(sizes, u)) == u)) return false;
  }
  return true;
}
// The expected words are put together by hand from the specification's bit positions.
constexpr bool encodes_a_load() {
  instruction const i{.op = opcode::load,
                      .pop_next = 1,
                      .push_next = 1,
                      .memory_type = memory::inp,
                      .sram_base = 0x123,
                      .dram_base = 0x89abcdef,
                      .y_size = 14,
                      .x_size = 28,
                      .x_stride = 56,
                      .y_pad_0 = 1,
                      .y_pad_1 = 2,
                      .x_pad_0 = 3,
                      .x_pad_1 = 15};
  std::uint64_t const low = 0b1010000u | 2u << 7 | 0x123u << 10 | std::uint64_t{0x89abcdef} << 26;
  std::uint64_t const high = 14u | 28u << 16 | std::uint64_t{56} << 32 | std::uint64_t{0xf321} << 48;
  return encode(c, i) == word128{low, high};
}
constexpr bool encodes_a_store() {
  instruction const i{.op = opcode::store,
                      .pop_prev = 1,
                      .push_prev = 1,
                      .memory_type = memory::out,
                      .sram_base = 7,
                      .dram_base = 9,
                      .y_size = 2,
                      .x_size = 3,
                      .x_stride = 4};
  return encode(c, i) == word128{0b0101001u | 4u << 7 | 7u << 10 | 9u << 26, 2u | 3u << 16 | std::uint64_t{4} << 32};
}
constexpr bool encodes_a_gemm() {
  instruction const i{.op = opcode::gemm,
                      .push_prev = 1,
                      .reset = 1,
                      .uop_begin = 5,
                      .uop_end = 8192,
                      .iter_out = 3,
                      .iter_in = 16383,
                      .dst_factor_out = 1,
                      .dst_factor_in = 2,
                      .src_factor_out = 3,
                      .src_factor_in = 4,
                      .wgt_factor_out = 5,
                      .wgt_factor_in = 1023};
  std::uint64_t const low =
      0b0100010u | 1u << 7 | 5u << 8 | std::uint64_t{8192} << 21 | std::uint64_t{3} << 35 | std::uint64_t{16383} << 49;
  std::uint64_t const high = 1u | 2u << 11 | std::uint64_t{3} << 22 | std::uint64_t{4} << 33 | std::uint64_t{5} << 44 |
                             std::uint64_t{1023} << 54;
  return encode(c, i) == word128{low, high};
}
constexpr bool encodes_an_alu() {
  instruction const i{.op = opcode::alu,
                      .uop_end = 1,
                      .iter_out = 1,
                      .iter_in = 1,
                      .dst_factor_in = 1,
                      .src_factor_in = 1,
                      .alu_opcode = alu::max,
                      .use_imm = 1,
                      .imm = -128};
  std::uint64_t const low = 4u | 1u << 21 | std::uint64_t{1} << 35 | std::uint64_t{1} << 49;
  std::uint64_t const high =
      1u << 11 | std::uint64_t{1} << 33 | std::uint64_t{1} << 44 | std::uint64_t{1} << 47 | std::uint64_t{0xff80} << 48;
  return encode(c, i) == word128{low, high};
}
constexpr bool encodes_a_finish() {
  return encode(c, instruction{.op = opcode::finish, .pop_prev = 1, .pop_next = 1}) == word128{0b0011011, 0};
}
constexpr bool encodes_a_micro_op() { return encode(c, micro_op{3, 5, 7}) == (3u | 5u << 11 | 7u << 22); }

TEST_CASE("encode") {
  CHECK_BOTH(encodes_a_load());
  CHECK_BOTH(encodes_a_store());
  CHECK_BOTH(encodes_a_gemm());
  CHECK_BOTH(encodes_an_alu());
  CHECK_BOTH(encodes_a_finish());
  CHECK_BOTH(encodes_a_micro_op());
  CHECK_BOTH(survives_the_bits(c, 30));
  CHECK_BOTH(micro_ops_survive_the_bits(c));
  CHECK(survives_the_bits(c, 5000));
  CHECK(survives_the_bits(sizes_of<pynq_batched>, 5000));
  CHECK(survives_the_bits(configuration{.log_block = 5}, 5000));
  CHECK(micro_ops_survive_the_bits(configuration{.log_block = 5}));
}

}  // namespace
