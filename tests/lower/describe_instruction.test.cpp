#include <tenon/lower/describe_instruction.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/language.hpp>
#include <tenon/lower/pipeline.hpp>
#include <tenon/schedule.hpp>

using namespace tenon;

namespace {

constexpr space tiles{"tiles"};

/// Up to 8 rows of 4 bytes, which lie up to 64 elements apart in main memory.
struct load {
  static constexpr label name = "load";
  static constexpr label unit = "loader";
  static constexpr int cycles = 7;
  static constexpr space memories[]{tiles, space::main};
  static constexpr limit limits[]{{"from.stride", 4, 64}};
  axis<"r", run_time<"R", 8, 2>> r;
  axis<"c", 4> c;
  tensor<"to", std::int8_t, run_time<"R", 8, 2>, 4> to;
  strided<"from", std::int8_t, run_time<"R", 8, 2>, 4> from;
  constexpr auto define() const { return to(r, c) = from(r, c); }
};

/// Scaled down and cut off.
struct scale {
  static constexpr label name = "scale";
  static constexpr limit limits[]{{"places", 0, 15}};
  axis<"c", 4> c;
  immediate<"places", std::int32_t> places;
  immediate<"most", std::int32_t> most;
  tensor<"to", std::int32_t, 4> to;
  tensor<"from", std::int32_t, 4> from;
  constexpr auto define() const { return to(c) = min(most, from(c) >> places); }
};

/// Four threads take an element each.
struct load_by_four {
  static constexpr label name = "load_by_four";
  static constexpr ir::loop_kind lanes[1]{ir::loop_kind::thread_x};
  static constexpr int held[2]{1, 1};
  static constexpr lower::turns turns_of(int, int, int column, int) { return {{column}}; }
  axis<"c", 4> c;
  tensor<"to", float, 4> to;
  tensor<"from", float, 4> from;
  constexpr auto define() const { return to(c) = from(c); }
};
constexpr bool says_which_threads_do_it() {
  constexpr lower::instruction i = lower::describe_instruction<load_by_four>();
  return i.lanes.size() == 1 && i.lanes[0] == ir::loop_kind::thread_x && i.held.size() == 2 && i.held[1] == 1 &&
         i.turns_of(0, 0, 3, 0).at[0] == 3;
}

constexpr memory memories[]{{.where = space::main},
                            {.where = tiles, .bytes = 64, .block = 4, .reached_by = {"loader"}}};
constexpr lower::instruction instructions[]{lower::describe_instruction<load>()};
constexpr lower::machine toy{.name = "toy", .memories = {memories, 2}, .instructions = {instructions, 1}};

constexpr bool says_all_that_the_struct_says() {
  lower::instruction const& i = instructions[0];
  return i.name == label{"load"} && i.unit == label{"loader"} && i.cycles == 7 && i.memories.size() == 2 &&
         i.memories[0] == tiles && i.limits.size() == 1 && i.limits[0].most == 64 && i.behaviour->arguments == 2;
}

/// A copy of rows of a matrix with `columns` columns, eight of them in a tile.
constexpr ir::program copied(int rows, int columns, int first = 0) {
  programs::maker m{};
  auto const x = m.tensor("x", element::i8, ir::role::input, {64, columns});
  auto const y = m.tensor("y", element::i8, ir::role::output, {64, columns});
  auto const o = m.axis(y, "o", 64 / rows), i = m.axis(y, "i", rows), j = m.axis(y, "j", 4);
  auto const row = ir::add_index(m.p, ir::op::add, ir::add_index(m.p, ir::op::mul, m.at(o), rows), m.at(i));
  auto const column = ir::add_index(m.p, ir::op::add, m.at(j), first);
  m.stage_at({o, i, j}, m.access(y, {row, column}), m.load(x, {row, column}));
  return lower::apply(m.done(), cache(tensor_name{"x"}, loop("o"), order(loop("i"), loop("j")), tiles), toy);
}
constexpr ir::program loaded(int rows, int columns) {
  return lower::apply(copied(rows, columns), tensorize(loop("x.cache", "i"), "load"), toy);
}

constexpr bool the_numbers_written_into_it_are_found() {
  ir::program const p = loaded(4, 16);
  ir::node_id done = ir::node_id::none;
  ir::each_statement(p, p.root, [&](ir::node_id id) { done = p[id].what == ir::op::tensorized ? id : done; });
  if (done == ir::node_id::none) return false;
  lower::instruction_match const m = lower::match_instruction(p, p[done].a, instructions[0], toy);
  static_vector<label, 10> const names = lower::immediates_of(*instructions[0].behaviour);
  return m.matched && m.immediates.size() == 2 && m.immediates[0] == 4 && m.immediates[1] == 16 &&
         names[0] == label{"R"} && names[1] == label{"from.stride"};
}

constexpr lower::instruction scales[]{lower::describe_instruction<scale>()};

template <int Places, int Again>
struct scaled {
  axis<"i", 3> i;
  axis<"j", 4> j;
  tensor<"x", std::int32_t, 3, 4> x;
  tensor<"y", std::int32_t, 3, 4> y;
  constexpr auto define() const { return y(i, j) = min((x(i, j) >> Places), Again); }
};
template <int Places, int Again>
ir::program scaled_by() {
  return lower::apply(stage(scaled<Places, Again>{}), tensorize(loop("j"), "scale"), {.instructions = {scales, 1}});
}

/// The factors of min stand the other way round in the instruction.
bool numbers_in_the_formula_are_immediates() {
  ir::program const p = scaled_by<7, -100>();
  ir::node_id done = ir::node_id::none;
  ir::each_statement(p, p.root, [&](ir::node_id id) { done = p[id].what == ir::op::tensorized ? id : done; });
  if (p.refused || done == ir::node_id::none) return false;
  lower::instruction_match const m = lower::match_instruction(p, p[done].a, scales[0]);
  auto const names = lower::immediates_of(*scales[0].behaviour);
  bool right = m.matched && names.size() == 2 && m.immediates.size() == 2;
  for (std::size_t n = 0; right && n < 2; ++n) right = m.immediates[n] == (names[n] == label{"most"} ? -100 : 7);
  return right;
}

}  // namespace

TEST_CASE("numbers written into an instruction") {
  CHECK(numbers_in_the_formula_are_immediates());
  CHECK(scaled_by<16, 1>().refused.sentence ==
        "tensorize(j, scale): the instruction takes places from 0 to 15; here it is 16");
}

TEST_CASE("describe_instruction") {
  CHECK_BOTH(says_all_that_the_struct_says());
  CHECK_BOTH(says_which_threads_do_it());
  CHECK_BOTH(the_numbers_written_into_it_are_found());
}

TEST_CASE("limits of an instruction") {
  CHECK(loaded(16, 16).refused.sentence ==
        "tensorize(x.cache[i], load): the instruction takes r in turns of 2, up to 8; i runs 16 times");
  CHECK(loaded(8, 128).refused.sentence ==
        "tensorize(x.cache[i], load): the instruction takes from.stride from 4 to 64; here it is 128");
}

TEST_CASE("memories of operands") {
  ir::program const on_stack = lower::place_buffer(copied(8, 16), place(cached(tensor_name{"x"}), space::stack));
  CHECK(lower::apply(on_stack, tensorize(loop("x.cache", "i"), "load"), toy).refused.sentence ==
        "tensorize(x.cache[i], load): the instruction takes to from tiles; here that is x.cache, which lives in stack "
        "and "
        "would need a cache in tiles");
  // Tiles of two rows of 16 bytes begin every 32 bytes.
  lower::machine coarse = toy;
  memory blocks[]{{.where = space::main, .block = 64}, memories[1]};
  coarse.memories.first = blocks;
  CHECK(lower::apply(copied(2, 16), tensorize(loop("x.cache", "i"), "load"), coarse).refused.sentence ==
        "tensorize(x.cache[i], load): the instruction takes from at whole blocks of 64 bytes of main; here x is taken "
        "every "
        "32 bytes");
  blocks[0] = memories[0];
  blocks[1].reached_by = {"multiplier"};
  CHECK(lower::apply(copied(2, 16), tensorize(loop("x.cache", "i"), "load"), coarse).refused.sentence ==
        "tensorize(x.cache[i], load): the instruction is done by loader, which does not reach tiles, where x.cache "
        "lives; "
        "it is reached by multiplier");
}
