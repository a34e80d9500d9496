#include <tenon/target/vta/instruction.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon::vta;

constexpr unit unit_of_load(std::int64_t which) { return unit_of({.op = opcode::load, .memory_type = which}); }

constexpr bool gives_each_instruction_to_its_unit() {
  return unit_of_load(memory::inp) == unit::load && unit_of_load(memory::wgt) == unit::load &&
         unit_of_load(memory::uop) == unit::compute && unit_of_load(memory::acc) == unit::compute &&
         unit_of_load(memory::acc_8bit) == unit::compute && unit_of({.op = opcode::gemm}) == unit::compute &&
         unit_of({.op = opcode::alu}) == unit::compute && unit_of({.op = opcode::finish}) == unit::compute &&
         unit_of({.op = opcode::store, .memory_type = memory::out}) == unit::store;
}
constexpr bool counts_padding_as_rows_and_columns() {
  instruction const i{.y_size = 3, .x_size = 5, .y_pad_0 = 1, .x_pad_0 = 2, .x_pad_1 = 4};
  return i.rows() == 4 && i.columns() == 11 && !i.is_no_op() && instruction{}.is_no_op();
}
constexpr bool has_a_name_for_everything() {
  return name_of(unit::compute) == "compute" && name_of_alu(alu::shr) == "shr" &&
         name_of_opcode(opcode::finish) == "finish" && name_of_memory(memory::acc_8bit) == "acc_8bit" &&
         name_of_opcode(7) == "unknown";
}

TEST_CASE("instruction") {
  CHECK_BOTH(gives_each_instruction_to_its_unit());
  CHECK_BOTH(counts_padding_as_rows_and_columns());
  CHECK_BOTH(has_a_name_for_everything());
}

}  // namespace
