#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <tenon/support/refusal.hpp>
#include <tenon/target/vta/simulator.hpp>
#include <tenon/target/vta/stream.hpp>

namespace tenon::vta {

/// A machine of 1 x 2 x 2 blocks with 32 elements in each SRAM but the micro-ops'.
struct tiny {
  static constexpr configuration sizes{.log_block = 1, .log_inp_buffer = 6, .log_wgt_buffer = 7, .log_acc_buffer = 8};
};

// Where things lie in the DRAM of a small stream: bytes, and elements of their memory.
inline constexpr std::size_t small_dram = 256;
inline constexpr std::int64_t inp_at = 8, wgt_at = 8, acc_at = 8, out_at = 64;  // bytes 16, 32, 64 and 128

/// inp(x) * wgt >> 1 for 4 elements, with the tokens that it needs.
constexpr stream small_stream() {
  stream s{.sizes = tiny::sizes, .micro_ops = {{0, 0, 0}, {0, 4, 0}}};
  s.instructions = {
      {.op = opcode::load, .memory_type = memory::uop, .y_size = 1, .x_size = 2},
      {.op = opcode::load, .memory_type = memory::inp, .dram_base = inp_at, .y_size = 1, .x_size = 4, .x_stride = 4},
      {.op = opcode::load, .push_next = 1, .memory_type = memory::wgt, .dram_base = wgt_at, .y_size = 1, .x_size = 1},
      {.op = opcode::gemm, .reset = 1, .uop_end = 1, .iter_out = 1, .iter_in = 4, .dst_factor_in = 1},
      {.op = opcode::gemm,
       .pop_prev = 1,
       .uop_end = 1,
       .iter_out = 1,
       .iter_in = 4,
       .dst_factor_in = 1,
       .src_factor_in = 1},
      {.op = opcode::alu,
       .push_next = 1,
       .uop_end = 1,
       .iter_out = 1,
       .iter_in = 4,
       .dst_factor_in = 1,
       .src_factor_in = 1,
       .alu_opcode = alu::shr,
       .use_imm = 1,
       .imm = 1},
      {.op = opcode::store,
       .pop_prev = 1,
       .push_prev = 1,
       .memory_type = memory::out,
       .dram_base = out_at,
       .y_size = 2,
       .x_size = 2,
       .x_stride = 2},
      {.op = opcode::finish, .pop_next = 1},
  };
  return s;
}

/// Its DRAM: inputs 1, -2, 3, ... and weights 3, 4, 5, 6.
constexpr std::vector<std::uint8_t> small_image(stream const& s) {
  std::vector<std::uint8_t> dram{};
  for (std::size_t n = 0; n < small_dram; ++n) dram.push_back(0);
  write_micro_ops(s, dram);
  for (int n = 0; n < 8; ++n)
    dram[static_cast<std::size_t>(16 + n)] = static_cast<std::uint8_t>(n % 2 == 0 ? n + 1 : -n - 1);
  for (int n = 0; n < 4; ++n) dram[static_cast<std::size_t>(32 + n)] = static_cast<std::uint8_t>(n + 3);
  return dram;
}

/// One launch of a stream on a fresh machine.
constexpr refusal carry_out(stream const& s, std::vector<std::uint8_t>& dram, mode how = mode::strict,
                            std::uint64_t seed = 0) {
  simulator machine(s.sizes, how);
  return machine.run(s.instructions, dram, seed);
}

/// What is wrong with a stream, on a fresh machine and image.
constexpr text wrong_with(stream const& s, mode how = mode::strict, std::uint64_t seed = 0) {
  std::vector<std::uint8_t> dram = small_image(s);
  return carry_out(s, dram, how, seed).sentence;
}

/// Whether a sentence holds these words.
constexpr bool says(text const& sentence, std::string_view words) {
  return std::string_view(sentence).find(words) != std::string_view::npos;
}

}  // namespace tenon::vta
