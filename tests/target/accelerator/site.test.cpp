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

/// Copies a row, and repeats itself.
struct load_row {
  static constexpr label name = "load_row";
  static constexpr space memories[]{toys::tiles, space::main};
  static constexpr int loops_around = 2;
  static constexpr bool pads = true;
  axis<"c", 4> c;
  tensor<"to", float, 4> to;
  tensor<"from", float, 4> from;
  constexpr auto define() const { return to(c) = from(c); }
};
struct negate_row {
  static constexpr label name = "negate_row";
  static constexpr space memories[]{space::main, toys::tiles};
  static constexpr int loops_around = 1;
  axis<"c", 4> c;
  tensor<"to", float, 4> to;
  tensor<"from", float, 4> from;
  constexpr auto define() const { return to(c) = -from(c); }
};
struct rows_machine {
  static constexpr label name = "rows";
  static constexpr memory memories[]{{.where = space::main}, {.where = toys::tiles, .bytes = 4096}};
  using instructions = instruction_list<load_row, negate_row>;
};

template <bool Shifted, bool Deep = false>
struct negated {
  axis<"p", 3> p;
  axis<"q", 5> q;
  axis<"r", 4> r;
  axis<"i", 3> i;
  axis<"j", 5> j;
  axis<"c", 4> c;
  tensor<"x", float, 3, 5, 4> x;
  temporary<"rows", float, 3, 5, 4> rows;
  tensor<"y", float, 3, 5, 4> y;
  constexpr auto define() const {
    return stages(rows(p, q, r) = or_zero(x(p - (Shifted ? 1 : 0), q, r)), y(i, j, c) = -rows(i, j, c));
  }
  constexpr auto schedule(rows_machine) const {
    return steps(place(rows, toys::tiles), tensorize(rows[p], "load_row"),
                 tensorize(y[Deep ? loop_name(i) : loop_name(j)], "negate_row"));
  }
};

constexpr bool an_instruction_repeats_itself_in_loops_around() {
  accelerator::sites const& found = accelerator::statements_of<negated<false>, rows_machine>.all;
  accelerator::site const& load = found[0];
  return load.around.size() == 2 && load.operands[1].steps[0] == 20 && load.operands[1].steps[1] == 4 &&
         load.inside == ir::node_id::none && load.operands[1].touched.run == 4 * 60 && found[1].around.size() == 1;
}
constexpr bool turns_are_counted() {
  accelerator::sites const& found = accelerator::statements_of<negated<false>, rows_machine>.all;
  return found[0].turns.size() == 2 && found[0].turns[0] == 3 && found[0].turns[1] == 5 &&
         found[0].repetitions() == 15 && all[0].repetitions() == 1;
}
constexpr bool zeros_are_a_condition_of_the_site() {
  return accelerator::statements_of<negated<true>, rows_machine>.all[0].inside != ir::node_id::none;
}

}  // namespace

TEST_CASE("site: instructions that repeat themselves") {
  CHECK_BOTH(an_instruction_repeats_itself_in_loops_around());
  CHECK_BOTH(turns_are_counted());
  CHECK_BOTH(zeros_are_a_condition_of_the_site());
  CHECK(accelerator::refused<negated<false, true>, rows_machine> ==
        "tensorize(y[i], negate_row): the instruction takes 4 turns of c; j runs 5 times");
}

TEST_CASE("site") {
  CHECK_BOTH(operands_say_what_is_read_and_written());
  CHECK_BOTH(shapes_are_runs_of_bytes());
  CHECK_BOTH(immediates_are_the_numbers_of_the_nest());
  CHECK_BOTH(indices_are_evaluated());
}
