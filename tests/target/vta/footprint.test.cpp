#include <tenon/target/vta/footprint.hpp>

#include "support/both.hpp"
#include "target/vta/small.hpp"

namespace {

using namespace tenon::vta;

constexpr stream gemm_between(instruction const& load, instruction const& gemm, instruction const& store) {
  stream s = small_stream();
  s.instructions = {s.instructions[0], load, gemm, store};
  return s;
}
// Reads inp 4, 7, 10 and 13 through micro-op 1, writes acc and out 2, 4, 6 and 8.
constexpr stream every_third() {
  stream s = gemm_between(
      {.op = opcode::load, .memory_type = memory::inp, .sram_base = 7, .y_size = 1, .x_size = 1},
      {.op = opcode::gemm,
       .uop_begin = 1,
       .uop_end = 2,
       .iter_out = 2,
       .iter_in = 2,
       .dst_factor_out = 4,
       .dst_factor_in = 2,
       .src_factor_out = 6,
       .src_factor_in = 3},
      {.op = opcode::store, .memory_type = memory::out, .sram_base = 3, .dram_base = out_at, .y_size = 1, .x_size = 2});
  s.micro_ops[1].dst = 2;
  return s;
}
constexpr bool finds_the_element_that_two_touch() {
  stream const s = every_third();
  footprints const touch(s);
  auto const in = touch.meet(1, 2), out = touch.meet(2, 3);
  return in && in->memory == memory::inp && in->element == 7 && in->first_writes && !in->second_writes && out &&
         out->memory == memory::out && out->element == 4 && !touch.meet(1, 3);
}
constexpr bool sees_between_the_elements() {
  stream s = every_third();
  s.instructions[1].sram_base = 8;
  s.instructions[1].x_size = 2;
  s.instructions[3].x_size = 1;
  footprints const touch(s);
  return !touch.meet(1, 2) && !touch.meet(2, 3);
}
constexpr bool knows_how_far_a_loop_reaches() {
  stream const s = every_third();
  footprints const touch(s);
  stretch const acc = touch.hull(2, memory::acc), inp = touch.hull(2, memory::inp);
  return acc.begin == 2 && acc.end == 9 && inp.begin == 4 && inp.end == 14 && touch.micro_ops_of(2).size() == 1;
}
constexpr bool knows_which_micro_ops_are_there() {
  stream s = every_third();
  s.instructions[0].x_size = 1;
  bool const lacking = !footprints(s).knows_micro_ops(2);
  s = every_third();
  s.instructions.insert(s.instructions.begin() + 1,
                        {.op = opcode::load, .memory_type = memory::uop, .sram_base = 1, .y_size = 1, .x_size = 1});
  footprints const touch(s);  // micro-op 1 is micro-op 0 now
  return lacking && touch.knows_micro_ops(3) && touch.hull(3, memory::inp).begin == 0;
}
constexpr bool compares_rows_in_dram() {
  stream s = small_stream();
  s.instructions = {
      {.op = opcode::store, .memory_type = memory::out, .dram_base = 64, .y_size = 2, .x_size = 2, .x_stride = 8},
      {.op = opcode::load, .memory_type = memory::inp, .dram_base = 66, .y_size = 1, .x_size = 6},
      {.op = opcode::load, .memory_type = memory::acc, .sram_base = 16, .dram_base = 18, .y_size = 1, .x_size = 1}};
  footprints const touch(s);
  auto const second = touch.meet(0, 2);
  return !touch.meet(0, 1) && second && second->memory == meeting::in_dram && second->element == 144;
}

TEST_CASE("footprint") {
  CHECK_BOTH(finds_the_element_that_two_touch());
  CHECK_BOTH(sees_between_the_elements());
  CHECK_BOTH(knows_how_far_a_loop_reaches());
  CHECK_BOTH(knows_which_micro_ops_are_there());
  CHECK_BOTH(compares_rows_in_dram());
}

}  // namespace
