#include <tenon/target/vta/machine.hpp>

#include <string_view>

#include <tenon/target/accelerator/machine.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool the_description_has_no_flaw() {
  return accelerator::flaw_of(accelerator::machine_of<vta::machine<vta::pynq>>()).empty() &&
         accelerator::flaw_of(accelerator::machine_of<vta::machine<vta::fsim>>()).empty();
}

constexpr bool memories_have_the_sizes_of_the_configuration() {
  lower::machine const on = accelerator::machine_of<vta::machine<vta::pynq>>();
  tenon::memory const& weights = on.memories.first[on.find(vta::wgt)];
  return weights.bytes == 256 * 1024 && weights.block == 256 && on.memories.first[on.find(vta::acc)].block == 64;
}

constexpr bool every_instruction_has_a_meaning() {
  lower::machine const on = accelerator::machine_of<vta::machine<vta::pynq>>();
  if (on.instructions.count != vta::meanings<vta::pynq>.size()) return false;
  for (std::size_t n = 0; n < on.instructions.count; ++n) {
    vta::meaning const& m = vta::meanings<vta::pynq>[n];
    std::string_view const name = on.instructions.first[n].name;
    bool const is_alu =
        name.ends_with("_imm") || name == "min" || name == "max" || name == "add" || name == "shr" || name == "mul";
    if (is_alu != (m.op == vta::opcode::alu) || m.is_immediate != name.ends_with("_imm")) return false;
    if (is_alu && !name.starts_with(vta::name_of_alu(m.which))) return false;
    if (m.is_reset != (name == "reset")) return false;
  }
  return true;
}

constexpr bool units_are_those_of_the_machine() {
  lower::machine const on = accelerator::machine_of<vta::machine<vta::pynq>>();
  for (std::size_t n = 0; n < on.instructions.count; ++n) {
    vta::meaning const& m = vta::meanings<vta::pynq>[n];
    vta::instruction const like{.op = m.op, .memory_type = m.op == vta::opcode::alu ? 0 : m.which};
    if (label{vta::name_of(vta::unit_of(like))} != on.instructions.first[n].unit) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("vta machine") {
  CHECK_BOTH(the_description_has_no_flaw());
  CHECK_BOTH(memories_have_the_sizes_of_the_configuration());
  CHECK_BOTH(every_instruction_has_a_meaning());
  CHECK_BOTH(units_are_those_of_the_machine());
}
