#include <tenon/target/accelerator/machine.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/toy_machine.hpp>

using namespace tenon;

namespace {

constexpr bool a_machine_is_what_its_struct_says() {
  lower::machine const on = accelerator::machine_of<toys::machine>();
  return on.name == "toy" && on.memories.count == 3 && on.units.count == 3 && on.instructions.count == 4 &&
         on.instructions.first[1].unit == label{"multiplier"} && accelerator::flaw_of(on).empty();
}

constexpr bool instructions_have_numbers() {
  return accelerator::number_of<toys::machine, toys::load> == 0 &&
         accelerator::number_of<toys::machine, toys::store> == 3;
}

struct without_main : toys::machine {
  static constexpr memory memories[]{{.where = toys::tiles}};
};
struct another_unit : toys::machine {
  static constexpr unit units[]{{"loader"}, {"storer"}};
};
struct reached_by_nobody : toys::machine {
  static constexpr memory memories[]{{.where = space::main}, {.where = toys::tiles, .reached_by = {{{"mover"}}, 1}}};
};
struct without_sums : toys::machine {
  static constexpr memory memories[]{{.where = space::main}, {.where = toys::tiles}};
};
struct half_an_instruction {
  static constexpr label name = "store", unit = "storer";
  static constexpr space memories[]{space::main};
  axis<"r", 4> r;
  tensor<"to", float, 4> to;
  tensor<"from", float, 4> from;
  constexpr auto define() const { return to(r) = from(r); }
};
struct with_half_an_instruction : toys::machine {
  using instructions = instruction_list<half_an_instruction>;
};

template <class Target>
text flaw() {
  return accelerator::flaw_of(accelerator::machine_of<Target>());
}

}  // namespace

TEST_CASE("machine of the user's") {
  CHECK_BOTH(a_machine_is_what_its_struct_says());
  CHECK_BOTH(instructions_have_numbers());
}

TEST_CASE("flaws of a machine") {
  CHECK(flaw<without_main>() ==
        "machine toy: it has no main memory, where arguments live; add {.where = space::main} to its memories");
  CHECK(flaw<another_unit>() == "machine toy: multiply is done by multiplier, which is none of its units");
  CHECK(flaw<reached_by_nobody>() == "machine toy: tiles is reached by mover, which is none of its units");
  CHECK(flaw<without_sums>() == "machine toy: multiply takes an operand from sums, which is none of its memories");
  CHECK(flaw<with_half_an_instruction>() == "machine toy: store has 2 operands and names the memories of 1");
}
