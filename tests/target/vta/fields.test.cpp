#include <tenon/target/vta/fields.hpp>

#include <string_view>

#include "support/both.hpp"

namespace {

using namespace tenon::vta;

// Where the specification's tables say that a field stands, for the default sizes: last bit and first bit.
constexpr bool stands_at(std::int64_t op, std::string_view name, int last, int first) {
  bool found = false;
  for_each_field(sizes_of<pynq>, op, [&](instruction_field const& f, int at, int width) {
    if (f.name == name) found = at == first && at + width - 1 == last;
  });
  return found;
}
constexpr bool heads_stand_first(std::int64_t op) {
  return stands_at(op, "opcode", 2, 0) && stands_at(op, "pop_prev", 3, 3) && stands_at(op, "pop_next", 4, 4) &&
         stands_at(op, "push_prev", 5, 5) && stands_at(op, "push_next", 6, 6);
}
constexpr bool has_the_head_everywhere() {
  for (std::int64_t op = 0; op < 8; ++op) {
    if (!heads_stand_first(op)) return false;
  }
  return true;
}
constexpr bool has_the_fields_of_dma(std::int64_t op) {
  return stands_at(op, "memory_type", 9, 7) && stands_at(op, "sram_base", 25, 10) &&
         stands_at(op, "dram_base", 57, 26) && stands_at(op, "y_size", 79, 64) && stands_at(op, "x_size", 95, 80) &&
         stands_at(op, "x_stride", 111, 96) && stands_at(op, "y_pad_0", 115, 112) &&
         stands_at(op, "y_pad_1", 119, 116) && stands_at(op, "x_pad_0", 123, 120) && stands_at(op, "x_pad_1", 127, 124);
}
constexpr bool has_the_fields_of_gemm() {
  std::int64_t const op = opcode::gemm;
  return stands_at(op, "reset", 7, 7) && stands_at(op, "uop_begin", 20, 8) && stands_at(op, "uop_end", 34, 21) &&
         stands_at(op, "iter_out", 48, 35) && stands_at(op, "iter_in", 62, 49) &&
         stands_at(op, "dst_factor_out", 74, 64) && stands_at(op, "dst_factor_in", 85, 75) &&
         stands_at(op, "src_factor_out", 96, 86) && stands_at(op, "src_factor_in", 107, 97) &&
         stands_at(op, "wgt_factor_out", 117, 108) && stands_at(op, "wgt_factor_in", 127, 118);
}
constexpr bool has_the_fields_of_alu() {
  std::int64_t const op = opcode::alu;
  return stands_at(op, "iter_in", 62, 49) && stands_at(op, "src_factor_out", 96, 86) &&
         stands_at(op, "src_factor_in", 107, 97) && stands_at(op, "alu_opcode", 110, 108) &&
         stands_at(op, "use_imm", 111, 111) && stands_at(op, "imm", 127, 112) &&
         !stands_at(op, "wgt_factor_in", 127, 118);
}
constexpr bool has_the_fields_of_a_micro_op() {
  int at[3][2]{};
  int n = 0;
  for_each_micro_op_field(sizes_of<pynq>, [&](micro_op_field const&, int first, int width) {
    at[n][0] = first + width - 1;
    at[n++][1] = first;
  });
  return n == 3 && at[0][0] == 10 && at[0][1] == 0 && at[1][0] == 21 && at[1][1] == 11 && at[2][0] == 31 &&
         at[2][1] == 22;
}
// No two fields share a bit, and none leaves its word, whatever sizes a machine can have.
constexpr bool fields_keep_apart(configuration const& c) {
  for (std::int64_t op = 0; op < 5; ++op) {
    int next = 0;
    bool apart = true;
    for_each_field(c, op, [&](instruction_field const& f, int first, int width) {
      apart = apart && first >= next && width > 0 && first / 64 == f.word && (first + width - 1) / 64 == f.word;
      next = first + width;
    });
    if (!apart) return false;
  }
  return true;
}
constexpr bool keeps_fields_apart_on_every_machine() {
  return fields_keep_apart(sizes_of<pynq>) && fields_keep_apart(sizes_of<pynq_batched>) &&
         fields_keep_apart({.log_batch = 1}) && fields_keep_apart({.log_block = 5});
}

TEST_CASE("fields") {
  CHECK_BOTH(has_the_head_everywhere());
  CHECK_BOTH(has_the_fields_of_dma(opcode::load));
  CHECK_BOTH(has_the_fields_of_dma(opcode::store));
  CHECK_BOTH(has_the_fields_of_gemm());
  CHECK_BOTH(has_the_fields_of_alu());
  CHECK_BOTH(has_the_fields_of_a_micro_op());
  CHECK_BOTH(keeps_fields_apart_on_every_machine());
}

}  // namespace
