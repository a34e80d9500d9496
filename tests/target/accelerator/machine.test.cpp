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
  static constexpr memory memories[]{{.where = space::main}, {.where = toys::tiles, .reached_by = {"mover"}}};
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

struct many_loops {
  static constexpr label name = "store", unit = "storer";
  axis<"a", 2> a;
  axis<"b", 2> b;
  axis<"c", 2> c;
  axis<"d", 2> d;
  axis<"e", 2> e;
  axis<"f", 2> f;
  axis<"g", 2> g;
  tensor<"to", float, 2, 2, 2, 2, 2, 2, 2> to;
  constexpr auto define() const { return to(a, b, c, d, e, f, g) = 0; }
};
struct with_many_loops : toys::machine {
  using instructions = instruction_list<many_loops>;
};
struct many_numbers {
  static constexpr label name = "store", unit = "storer";
  axis<"a", 2> a;
  axis<"b", 2> b;
  axis<"c", 2> c;
  axis<"d", 2> d;
  strided<"to", float, 2, 2, 2, 2> to;
  strided<"x", float, 2, 2, 2, 2> x;
  strided<"y", float, 2, 2, 2, 2> y;
  constexpr auto define() const { return to(a, b, c, d) = x(a, b, c, d) + y(a, b, c, d); }
};
struct with_many_numbers : toys::machine {
  using instructions = instruction_list<many_numbers>;
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
  CHECK(flaw<with_many_loops>() == "machine toy: store has 7 loops, and at most 6 can be told apart");
  CHECK(flaw<with_many_numbers>() == "machine toy: store has more than 8 immediates");
  CHECK(flaw<with_half_an_instruction>() == "machine toy: store has 2 operands and names the memories of 1");
}
