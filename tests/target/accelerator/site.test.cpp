#include <tenon/target/accelerator/site.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/toy_machine.hpp>

#include <tenon/target/accelerator/plan.hpp>

using namespace tenon;

namespace {

using op = toys::matmul<8, 8, 8>;
constexpr accelerator::sites const& all = accelerator::statements_of<op, toys::machine>.all;

constexpr bool operands_say_what_is_read_and_written() {
  accelerator::site const& load = all[1];
  accelerator::site const& multiply = all[3];
  return load.operands[0].is_written && !load.operands[0].is_read && load.operands[1].is_read &&
         multiply.operands[0].is_written && multiply.operands[0].is_read && multiply.unit == 1;
}

constexpr bool shapes_are_runs_of_bytes() {
  // A tile is one run; its rows in main memory are four, 8 bytes apart.
  accelerator::shape const& tile = all[1].operands[0].touched;
  accelerator::shape const& rows = all[1].operands[1].touched;
  return tile.run == 16 && tile.over.empty() && rows.run == 4 && rows.over.size() == 1 && rows.over[0].stride == 8 &&
         rows.over[0].count == 4 && rows.span() == 28;
}

constexpr bool immediates_are_the_numbers_of_the_nest() {
  return all[1].immediates.size() == 2 && all[1].immediates[0] == 4 && all[1].immediates[1] == 8;
}

constexpr bool indices_are_evaluated() {
  ir::program p{};
  ir::axis_id const i = p.add(ir::axis{.name = "i", .extent = ir::add_index(p, 9)});
  ir::node_id const third = ir::add_index(p, ir::op::floor_div, ir::add_counter(p, i), 3);
  ir::node_id const at = ir::add_index(p, ir::op::min, third, 1);
  ir::node_id const below = ir::add_binary(p, ir::op::less, third, at);
  accelerator::counters where{};
  where.at[static_cast<int>(i)] = 7;
  return accelerator::value_of(p, third, where) == 2 && accelerator::value_of(p, at, where) == 1 &&
         accelerator::value_of(p, below, where) == 0;
}

}  // namespace

TEST_CASE("site") {
  CHECK_BOTH(operands_say_what_is_read_and_written());
  CHECK_BOTH(shapes_are_runs_of_bytes());
  CHECK_BOTH(immediates_are_the_numbers_of_the_nest());
  CHECK_BOTH(indices_are_evaluated());
}
