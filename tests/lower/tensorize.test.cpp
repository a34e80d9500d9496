#include <tenon/lower/tensorize.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/cache_buffer.hpp>
#include <tenon/lower/dot_instruction.hpp>
#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/cache.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/split.hpp>
#include <tenon/schedule/tensorize.hpp>

using namespace tenon;

namespace {

/// y(i, j) = sum(k, x(i, k) * w(j, k)), the factors widened to the type of y
constexpr ir::program product(element to, element of_x, element of_w, int rows, int columns, int depth) {
  programs::maker m{};
  auto const x = m.tensor("x", of_x, ir::role::input, {rows, depth});
  auto const w = m.tensor("w", of_w, ir::role::input, {columns, depth});
  auto const y = m.tensor("y", to, ir::role::output, {rows, columns});
  auto const i = m.axis(y, "i", rows), j = m.axis(y, "j", columns), k = m.axis(y, "k", depth);
  auto const ck = m.at(k);
  auto const left = ir::add_cast(m.p, to, m.load(x, {m.at(i), ck}));
  auto const right = ir::add_cast(m.p, to, m.load(w, {m.at(j), ck}));
  m.stage(y, {i, j}, m.sum(y, {k}, m.binary(ir::op::mul, left, right)));
  return m.done();
}

constexpr auto i = loop("i"), j = loop("j"), k = loop("k");

/// Tiles of lanes and of depth, w packed so that the depth lies inside.
constexpr ir::program packed(ir::program p, int lanes, int depth) {
  p = lower::split_loop(p, split(j, lanes));
  p = lower::split_loop(p, split(k, depth));
  p = lower::reorder_loops(p, reorder(j.outer, i, k.outer, j.inner, k.inner));
  return lower::cache_buffer(p, cache(tensor_name{"w"}, j.outer, order(k.outer, j.inner, k.inner)));
}

constexpr int count(ir::program const& p, ir::op what) {
  int found = 0;
  ir::each_statement(p, p.root, [&](ir::node_id id) { found += p[id].what == what; });
  return found;
}

constexpr bool takes(lower::instruction const& wanted, ir::program const& staged, int lanes, int depth) {
  ir::program const p = lower::tensorize(packed(staged, lanes, depth), tensorize(loop("y", "j.inner"), wanted.name),
                                         {.instructions = {&wanted, 1}});
  return !p.refused && count(p, ir::op::tensorized) == 1 && p.instructions[1] == wanted.name &&
         programs::same_outputs(p, staged);
}

constexpr bool takes_byte_products() {
  return takes(lower::vnni_dot4(), product(element::i32, element::u8, element::i8, 1, 16, 4), 16, 4);
}
constexpr bool takes_short_float_products() {
  return takes(lower::bf16_dot2(), product(element::f32, element::bf16, element::bf16, 1, 16, 4), 16, 2);
}

/// c(r, l) += sum(q, a(r, q) * b(q, l)) on 4 x 4 floats: an instruction that no machine has
constexpr ir::program toy_behaviour() {
  programs::maker m{};
  auto const c = m.output("c", {4, 4});
  auto const a = m.input("a", {4, 4});
  auto const b = m.input("b", {4, 4});
  auto const r = m.axis(c, "r", 4), l = m.axis(c, "l", 4), q = m.axis(c, "q", 4);
  auto const cq = m.at(q);
  m.stage(c, {r, l}, m.sum(c, {q}, m.binary(ir::op::mul, m.load(a, {m.at(r), cq}), m.load(b, {cq, m.at(l)}))));
  return m.done();
}
constexpr ir::program toy = toy_behaviour();
constexpr lower::instruction toy_4x4{.name = "toy_4x4", .behaviour = &toy, .cycles = 4};

constexpr ir::program in_squares(bool pack) {
  ir::program p = programs::matmul(8, 8, 8);
  for (auto const& l : {i, j, k}) p = lower::split_loop(p, split(l, 4));
  p = lower::reorder_loops(p, reorder(i.outer, j.outer, k.outer, i.inner, j.inner, k.inner));
  if (!pack) return p;
  p = lower::cache_buffer(p, cache(tensor_name{"x"}, k.outer, order(i.inner, k.inner)));
  return lower::cache_buffer(p, cache(tensor_name{"w"}, k.outer, order(k.inner, j.inner)));
}

constexpr ir::program with_toy(ir::program const& p) {
  return lower::tensorize(p, tensorize(loop("y", "i.inner"), "toy_4x4"), {.instructions = {&toy_4x4, 1}});
}

constexpr bool takes_a_square_and_names_its_operands() {
  ir::program const p = with_toy(in_squares(true));
  if (p.refused) return false;
  ir::node_id done = ir::node_id::none;
  ir::each_statement(p, p.root, [&](ir::node_id id) { done = p[id].what == ir::op::tensorized ? id : done; });
  lower::instruction_match const m = lower::match_instruction(p, p[done].a, toy_4x4);
  return m.matched && p[p[m.operands[0]].of].name == label{"y.sum"} &&
         p[p[m.operands[1]].of].name == label{"x.cache"} && p[p[m.operands[2]].of].name == label{"w.cache"};
}

/// Both factors are floats: only how they lie tells which is which.
constexpr bool finds_factors_that_changed_places() {
  programs::maker m{};
  auto const x = m.input("x", {8, 8});
  auto const w = m.input("w", {8, 8});
  auto const y = m.output("y", {8, 8});
  auto const of_i = m.axis(y, "i", 8), of_j = m.axis(y, "j", 8), of_k = m.axis(y, "k", 8);
  auto const ck = m.at(of_k);
  auto const product = m.binary(ir::op::mul, m.load(w, {ck, m.at(of_j)}), m.load(x, {m.at(of_i), ck}));
  m.stage(y, {of_i, of_j}, m.sum(y, {of_k}, product));
  ir::program p = m.done();
  for (auto const& l : {i, j, k}) p = lower::split_loop(p, split(l, 4));
  p = lower::reorder_loops(p, reorder(i.outer, j.outer, k.outer, i.inner, j.inner, k.inner));
  p = lower::cache_buffer(p, cache(tensor_name{"x"}, k.outer, order(i.inner, k.inner)));
  p = with_toy(lower::cache_buffer(p, cache(tensor_name{"w"}, k.outer, order(k.inner, j.inner))));
  ir::node_id done = ir::node_id::none;
  ir::each_statement(p, p.root, [&](ir::node_id id) { done = p[id].what == ir::op::tensorized ? id : done; });
  if (p.refused || done == ir::node_id::none) return false;
  lower::instruction_match const found = lower::match_instruction(p, p[done].a, toy_4x4);
  return found.matched && p[p[found.operands[1]].of].name == label{"x.cache"} &&
         p[p[found.operands[2]].of].name == label{"w.cache"};
}

/// Tiles at the end are computed whole, from caches that hold zero there.
constexpr bool takes_what_a_tail_cut() {
  ir::program p = programs::matmul(7, 6, 9);
  for (auto const& l : {i, j, k}) p = lower::split_loop(p, split(l, 4, tail::guard));
  p = lower::reorder_loops(p, reorder(i.outer, j.outer, k.outer, i.inner, j.inner, k.inner));
  ir::program const bare = with_toy(p);
  p = lower::cache_buffer(p, cache(tensor_name{"x"}, k.outer, order(i.inner, k.inner)));
  p = lower::cache_buffer(p, cache(tensor_name{"w"}, k.outer, order(k.inner, j.inner)));
  p = with_toy(p);
  return bare.refused && !p.refused && count(p, ir::op::tensorized) == 1 &&
         programs::same_outputs(p, programs::matmul(7, 6, 9));
}

}  // namespace

TEST_CASE("tensorize") {
  CHECK_BOTH(takes_byte_products());
  CHECK_BOTH(takes_short_float_products());
  CHECK_BOTH(finds_factors_that_changed_places());
  CHECK_RUN(takes_what_a_tail_cut());
  CHECK_BOTH(takes_a_square_and_names_its_operands());
  CHECK(programs::same_outputs(with_toy(in_squares(true)), programs::matmul(8, 8, 8)));
}

/// The same instruction, done by threads together: wherever its operands lie.
constexpr lower::instruction with_lanes(ir::loop_kind first) {
  lower::instruction made = toy_4x4;
  made.lanes.push_back(first);
  for (int each : {4, 16, 16}) made.held.push_back(each);
  return made;
}
ir::program done_together(ir::program p, ir::loop_kind of_rows, ir::loop_kind of_columns) {
  lower::instruction const wanted = with_lanes(ir::loop_kind::thread_y);
  for (ir::axis& a : p.axes) {
    if (a.name == label("i.inner")) a.kind = of_rows;
    if (a.name == label("j.inner")) a.kind = of_columns;
  }
  return lower::tensorize(p, tensorize(loop("y", "i.inner"), "toy_4x4"), {.instructions = {&wanted, 1}});
}

/// A product of the rows of x with themselves: both factors are the same row.
ir::program squares_of_rows() {
  programs::maker m{};
  auto const x = m.input("x", {8, 8});
  auto const y = m.output("y", {8, 8});
  auto const i = m.axis(y, "i", 8), j = m.axis(y, "j", 8), k = m.axis(y, "k", 8);
  auto const ci = m.at(i), ck = m.at(k);
  m.stage(y, {i, j}, m.sum(y, {k}, m.binary(ir::op::mul, m.load(x, {ci, ck}), m.load(x, {ci, ck}))));
  ir::program p = m.done();
  for (auto const& l : {::i, ::j, ::k}) p = lower::split_loop(p, split(l, 4));
  return lower::reorder_loops(p, reorder(::i.outer, ::j.outer, ::k.outer, ::i.inner, ::j.inner, ::k.inner));
}

TEST_CASE("tensorize by an instruction of several threads") {
  using enum ir::loop_kind;
  CHECK(!done_together(in_squares(false), thread_y, serial).refused);
  CHECK(done_together(in_squares(false), serial, serial).refused.sentence ==
        "tensorize(y[i.inner], toy_4x4): the instruction is done by threads together, those of r along thread_y; say "
        "bind(i.inner, thread_y) before");
  CHECK(done_together(in_squares(false), thread_y, thread_x).refused.sentence ==
        "tensorize(y[i.inner], toy_4x4): the instruction does all turns of l in each thread; here j.inner is bound to "
        "thread_x");
  CHECK(done_together(squares_of_rows(), thread_y, serial).refused.sentence ==
        "tensorize(y[i.inner], toy_4x4): the instruction takes the same element of b in each turn of r; here x has "
        "another one in each of i.inner");
}

TEST_CASE("tensorize refuses with the difference") {
  lower::instruction const vnni = lower::vnni_dot4();
  auto const refusal = [&](ir::program const& p) {
    return lower::tensorize(p, tensorize(loop("y", "j.inner"), "vnni_dot4"), {.instructions = {&vnni, 1}})
        .refused.sentence;
  };
  CHECK(refusal(packed(product(element::i32, element::i8, element::i8, 1, 16, 4), 16, 4)) ==
        "tensorize(y[j.inner], vnni_dot4): the instruction computes sum + int32(uint8) * int32(int8); this nest "
        "computes sum + "
        "int32(int8) * int32(int8)");
  CHECK(refusal(packed(product(element::i32, element::u8, element::i8, 1, 16, 4), 8, 4)) ==
        "tensorize(y[j.inner], vnni_dot4): the instruction takes 16 turns of l; j.inner runs 8 times");
  CHECK(refusal(packed(product(element::i32, element::u8, element::i8, 1, 16, 8), 16, 8)) ==
        "tensorize(y[j.inner], vnni_dot4): the instruction takes 4 turns of q; k.inner runs 8 times");
  ir::program unpacked = product(element::i32, element::u8, element::i8, 2, 16, 8);
  unpacked = lower::split_loop(lower::split_loop(unpacked, split(j, 16)), split(k, 4));
  unpacked = lower::reorder_loops(unpacked, reorder(j.outer, i, k.outer, j.inner, k.inner));
  CHECK(refusal(unpacked) == "tensorize(y[j.inner], vnni_dot4): the instruction takes b 4 elements further with each "
                             "turn of l; here w goes by 8");
  CHECK(lower::tensorize(unpacked, tensorize(k.inner, "vnni_dot4"), {.instructions = {&vnni, 1}}).refused.sentence ==
        "tensorize(k.inner, vnni_dot4): the instruction takes 16 turns of l; k.inner runs 4 times");
  CHECK(lower::tensorize(unpacked, tensorize(k.inner, "mma"), {.instructions = {&vnni, 1}}).refused.sentence ==
        "tensorize(k.inner, mma): no instruction is called mma; the instructions are vnni_dot4");
  CHECK(lower::tensorize(unpacked, tensorize(k.inner, "mma")).refused.sentence ==
        "tensorize(k.inner, mma): no instruction is called mma; this kernel knows none");
  CHECK(with_toy(in_squares(false)).refused.sentence == "tensorize(y[i.inner], toy_4x4): the instruction takes a 4 "
                                                        "elements further with each turn of r; here x goes by 8");
}
