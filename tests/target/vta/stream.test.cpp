#include <tenon/target/vta/stream.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon::vta;

constexpr stream two_micro_ops() {
  return {.instructions = {{.op = opcode::load, .memory_type = memory::uop, .dram_base = 2, .y_size = 1, .x_size = 2},
                           {.op = opcode::finish}},
          .micro_ops = {{1, 2, 3}, {4, 5, 6}},
          .micro_op_base = 2};
}
constexpr bool finds_micro_ops_by_their_place_in_dram() {
  stream const s = two_micro_ops();
  return micro_op_at(s, 3)->dst == 4 && micro_op_at(s, 1) == nullptr && micro_op_at(s, 4) == nullptr;
}
constexpr bool lays_micro_ops_down() {
  stream const s = two_micro_ops();
  std::vector<std::uint8_t> dram{};
  for (int n = 0; n < 16; ++n) dram.push_back(0);
  write_micro_ops(s, dram);
  std::uint32_t const first = encode(s.sizes, s.micro_ops[0]);
  return dram[7] == 0 && dram[8] == (first & 255) && dram[11] == first >> 24 &&
         encode_micro_ops(s)[1] == encode(s.sizes, s.micro_ops[1]);
}
constexpr bool encodes_each_instruction() {
  stream const s = two_micro_ops();
  std::vector<word128> const words = encode(s);
  return words.size() == 2 && decode(s.sizes, words[0]) == s.instructions[0] && words[1] == word128{3, 0};
}
constexpr bool comes_back_from_its_words() {
  stream const s = two_micro_ops();
  return decode(s.sizes, encode(s), encode_micro_ops(s), s.micro_op_base) == s;
}

TEST_CASE("stream") {
  CHECK_BOTH(finds_micro_ops_by_their_place_in_dram());
  CHECK_BOTH(lays_micro_ops_down());
  CHECK_BOTH(encodes_each_instruction());
  CHECK_BOTH(comes_back_from_its_words());
}

}  // namespace
