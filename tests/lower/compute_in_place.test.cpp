#include <tenon/lower/compute_in_place.hpp>

#include <initializer_list>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/ir/verify.hpp>
#include <tenon/lower/compute_at.hpp>
#include <tenon/lower/decompose_reduction.hpp>
#include <tenon/lower/mark_loop.hpp>
#include <tenon/lower/peel_loop.hpp>
#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/compute_at.hpp>
#include <tenon/schedule/decompose.hpp>
#include <tenon/schedule/in_place.hpp>
#include <tenon/schedule/parallel.hpp>
#include <tenon/schedule/peel.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/split.hpp>
#include <tenon/schedule/vectorize.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i"), j = loop("j"), k = loop("k");
constexpr step in_y = in_place({label{"y"}});

/// y(i, j) = int8(max(min((sum(k, x(i, k) * w(k, j)) >> 1) + b(j), 7), 0))
constexpr ir::program quantised(int rows, int columns, int depth) {
  programs::maker m{};
  auto const whole = [&](std::int64_t value) { return ir::add_integer(m.p, element::i32, value); };
  auto const x = m.tensor("x", element::i32, ir::role::input, {rows, depth});
  auto const w = m.tensor("w", element::i32, ir::role::input, {depth, columns});
  auto const b = m.tensor("b", element::i32, ir::role::input, {columns});
  auto const y = m.tensor("y", element::i8, ir::role::output, {rows, columns});
  auto const ai = m.axis(y, "i", rows), aj = m.axis(y, "j", columns), ak = m.axis(y, "k", depth);
  auto const ci = m.at(ai), cj = m.at(aj), ck = m.at(ak);
  auto const sum = m.sum(y, {ak}, m.binary(ir::op::mul, m.load(x, {ci, ck}), m.load(w, {ck, cj})));
  auto const moved = m.binary(ir::op::add, m.binary(ir::op::shift_right, sum, whole(1)), m.load(b, {cj}));
  m.stage(y, {ai, aj}, m.binary(ir::op::max, m.binary(ir::op::min, moved, whole(7)), whole(0)));
  return m.done();
}

/// t(i) = x(i) + 1; y(i) = value(t(i))
template <class Value>
constexpr ir::program of_temporary(int n, Value value) {
  programs::maker m{};
  auto const x = m.input("x", {n});
  auto const y = m.output("y", {n});
  auto const t = m.temporary("t", {n});
  auto const it = m.axis(t, "i", n);
  m.stage(t, {it}, m.binary(ir::op::add, m.load(x, {m.at(it)}), m.number(1)));
  auto const iy = m.axis(y, "i", n);
  m.stage(y, {iy}, value(m, t, m.at(iy)));
  return m.done();
}

/// The ops of what is stored in `name` without adding to it, in their order, are these.
constexpr bool stores(ir::program const& p, label const& name, std::initializer_list<ir::op> ops) {
  auto expected = ops.begin();
  bool same = true;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what != ir::op::store || p[id].value != 0 || p[p[p[id].access()].of].name != name) return;
    same &= expected != ops.end() && p[p[id].a].what == *expected;
    if (expected != ops.end()) ++expected;
  });
  return same && expected == ops.end();
}

constexpr bool holds(ir::program const& p, ir::program const& meant) {
  return !p.refused && ir::verify(p, ir::level::scheduled).empty() && programs::same_outputs(p, meant);
}

constexpr bool every_operation_is_a_statement() {
  ir::program const p = lower::compute_in_place(quantised(3, 4, 2), in_y);
  using enum ir::op;
  return stores(p, "y.sum", {constant, shift_right, add, min, max}) && stores(p, "y", {cast}) &&
         holds(p, quantised(3, 4, 2));
}

constexpr bool each_has_the_loops_of_the_store() {
  ir::program p = lower::split_loop(quantised(3, 6, 4), split(j, 4, tail::guard));
  p = lower::reorder_loops(p, reorder(i, j.outer, k, j.inner));
  p = lower::mark_loop(p, vectorize(j.inner));
  p = lower::compute_in_place(p, in_y);
  int lanes = 0;
  int guarded = 0;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    lanes += p[id].what == ir::op::loop && p[p[id].axis()].kind == ir::loop_kind::vectorized;
    guarded += p[id].what == ir::op::store && p[id].b != ir::node_id::none;
  });
  return lanes == 7 && guarded == 7 && holds(p, quantised(3, 6, 4));
}

constexpr bool loops_may_be_arranged_afterwards() {
  ir::program p = lower::compute_in_place(quantised(4, 6, 4), in_y);
  p = lower::split_loop(p, split(j, 4, tail::peel));
  p = lower::reorder_loops(p, reorder(i, j.outer, k, j.inner));
  p = lower::mark_loop(p, parallel(i));
  return holds(p, quantised(4, 6, 4));
}

constexpr bool stays_inside_of_parallel_loops() {
  ir::program p = lower::decompose_reduction(quantised(3, 4, 2), decompose(k, i));
  p = lower::mark_loop(p, parallel(i));
  int const before = static_cast<int>(p.nodes.size());
  p = lower::compute_in_place(p, in_y);
  bool added = false;
  for (std::size_t n = static_cast<std::size_t>(before); n < p.nodes.size(); ++n)
    added |= p.nodes[n].what == ir::op::loop && p[p.nodes[n].axis()].kind == ir::loop_kind::parallel;
  return !added && holds(p, quantised(3, 4, 2));
}

constexpr bool the_only_temporary_will_do() {
  auto const value = [](programs::maker& m, ir::buffer_id t, ir::node_id at) {
    ir::node_id const turned = m.binary(ir::op::sub, m.number(3), m.load(t, {at}));
    return m.binary(ir::op::mul, ir::add_unary(m.p, ir::op::absolute, turned), m.number(2));
  };
  ir::program const p = lower::compute_in_place(of_temporary(5, value), in_y);
  using enum ir::op;
  return stores(p, "t", {add, sub, absolute, mul}) && holds(p, of_temporary(5, value));
}

constexpr bool copies_of_the_loops_keep_apart() {
  auto const value = [](programs::maker& m, ir::buffer_id t, ir::node_id at) {
    return m.binary(ir::op::mul, m.load(t, {at}), m.number(2));
  };
  ir::program const p = lower::peel_loop(of_temporary(5, value), peel(loop("y", "i"), 2));
  ir::program const made = lower::compute_in_place(p, in_y);
  return stores(made, "y", {ir::op::load, ir::op::load}) && holds(made, of_temporary(5, value));
}

/// t(i, j) = x(i) + x(j); y(i) = t(i, i) * 2
constexpr ir::program diagonal(int n) {
  programs::maker m{};
  auto const x = m.input("x", {n});
  auto const y = m.output("y", {n});
  auto const t = m.temporary("t", {n, n});
  auto const ti = m.axis(t, "i", n), tj = m.axis(t, "j", n), yi = m.axis(y, "i", n);
  m.stage(t, {ti, tj}, m.binary(ir::op::add, m.load(x, {m.at(ti)}), m.load(x, {m.at(tj)})));
  m.stage(y, {yi}, m.binary(ir::op::mul, m.load(t, {m.at(yi), m.at(yi)}), m.number(2)));
  return m.done();
}

constexpr bool a_padded_tail_stays_inside() {
  ir::program const p = lower::compute_in_place(diagonal(5), in_y);
  return holds(lower::split_loop(p, split(loop("y", "i"), 4, tail::pad)), diagonal(5));
}

constexpr bool nothing_to_do_is_no_mistake() {
  ir::program const p = programs::matmul(3, 4, 2);
  return lower::compute_in_place(p, in_y) == p;
}

text refusal_of(ir::program const& p, step const& s = in_y) { return lower::compute_in_place(p, s).refused.sentence; }

}  // namespace

TEST_CASE("compute_in_place") {
  CHECK_BOTH(every_operation_is_a_statement());
  CHECK_BOTH(each_has_the_loops_of_the_store());
  CHECK_BOTH(loops_may_be_arranged_afterwards());
  CHECK_BOTH(stays_inside_of_parallel_loops());
  CHECK_BOTH(the_only_temporary_will_do());
  CHECK_BOTH(copies_of_the_loops_keep_apart());
  CHECK_BOTH(a_padded_tail_stays_inside());
  CHECK_BOTH(nothing_to_do_is_no_mistake());
}

TEST_CASE("compute_in_place refuses") {
  using programs::maker;
  CHECK(refusal_of(programs::copy(4)) ==
        "in_place(y): y is made of no sum and of no other temporary, so nothing holds its value; compute_at a stage "
        "that it reads, or leave this step out");
  CHECK(refusal_of(of_temporary(5,
                                [](maker& m, ir::buffer_id t, ir::node_id at) {
                                  ir::node_id const x = m.load(t, {at});
                                  return m.binary(ir::op::mul, x, x);
                                })) ==
        "in_place(y): y reads t more than once, and the first operation changes it; compute what needs it in stages "
        "of their own");
  CHECK(refusal_of(of_temporary(5,
                                [](maker& m, ir::buffer_id t, ir::node_id at) {
                                  return m.binary(ir::op::add, ir::add_cast(m.p, element::f64, m.load(t, {at})),
                                                  ir::add_real(m.p, element::f64, 1));
                                })) ==
        "in_place(y): t(i) + a number is computed in double, and t is of float; in_place is for operations of "
        "that type alone");
  CHECK(refusal_of(of_temporary(
            5,
            [](maker& m, ir::buffer_id t, ir::node_id at) {
              ir::node_id const less = m.binary(ir::op::less, m.load(t, {at}), m.number(0));
              return m.p.add(ir::node{
                  .what = ir::op::select, .type = element::f32, .a = less, .b = m.number(1), .c = m.number(2)});
            })) ==
        "in_place(y): t decides between values there, and no operation can take its place; compute that in a "
        "stage of its own");
  CHECK(refusal_of(of_temporary(
            5,
            [](maker& m, ir::buffer_id t, ir::node_id at) {
              ir::node_id const place =
                  m.p.add(ir::node{.what = ir::op::min, .type = ir::index_type, .a = at, .b = ir::add_index(m.p, 2)});
              return m.binary(ir::op::mul, m.load(t, {place}), m.number(2));
            })) ==
        "in_place(y): turns of i may read the same element of t, and the first would change it for the others; "
        "keep t inside of i");
}

TEST_CASE("compute_in_place refuses to write where nothing may be") {
  auto const before = [](programs::maker& m, ir::buffer_id t, ir::node_id at) {
    ir::node_id const place = ir::add_index(m.p, ir::op::sub, at, 1);
    return m.binary(ir::op::mul, m.load_or(t, {place}, m.number(0)), m.number(2));
  };
  CHECK(refusal_of(of_temporary(5, before)) ==
        "in_place(y): t is read only where a condition holds, and elsewhere no element may be there to compute in; "
        "compute y from a stage that reads it so");
}

TEST_CASE("compute_in_place refuses one element in several copies") {
  ir::program const p = of_temporary(2, [](programs::maker& m, ir::buffer_id t, ir::node_id) {
    return m.binary(ir::op::mul, m.load(t, {ir::add_index(m.p, 1)}), m.number(2));
  });
  CHECK(refusal_of(lower::peel_loop(p, peel(loop("y", "i")))) ==
        "in_place(y): copies of its loops may read the same element of t, and the first would change it for the "
        "others; say in_place before they are copied");
}

TEST_CASE("compute_in_place refuses what somebody else reads") {
  programs::maker m{};
  auto const x = m.input("x", {4});
  auto const y = m.output("y", {4}), z = m.output("z", {4});
  auto const t = m.temporary("t", {4}), u = m.temporary("u", {4});
  for (ir::buffer_id made : {t, u}) {
    auto const a = m.axis(made, "i", 4);
    m.stage(made, {a}, m.load(x, {m.at(a)}));
  }
  auto const ay = m.axis(y, "i", 4);
  m.stage(y, {ay}, m.binary(ir::op::add, m.load(t, {m.at(ay)}), m.number(1)));
  auto const az = m.axis(z, "i", 4);
  m.stage(z, {az}, m.binary(ir::op::add, m.load(t, {m.at(az)}), m.load(u, {m.at(az)})));
  ir::program const p = m.done();
  CHECK(refusal_of(p) == "in_place(y): z reads t too, and would find it changed; y has to be its only reader");
  CHECK(refusal_of(p, in_place({label{"z"}})) ==
        "in_place(z): z is made of several temporaries, and one has to hold the value; compute one of them in a stage "
        "of its own");
}

TEST_CASE("compute_in_place leaves several nests, and a stage of several stays where it is") {
  programs::maker m{};
  auto const x = m.input("x", {4});
  auto const z = m.output("z", {4});
  auto const t = m.temporary("t", {4}), y = m.temporary("y", {4});
  auto const at = m.axis(t, "i", 4), ay = m.axis(y, "i", 4), az = m.axis(z, "i", 4);
  m.stage(t, {at}, m.load(x, {m.at(at)}));
  m.stage(y, {ay}, m.binary(ir::op::add, m.load(t, {m.at(ay)}), m.number(1)));
  m.stage(z, {az}, m.binary(ir::op::mul, m.load(y, {m.at(az)}), m.number(2)));
  ir::program const p = lower::compute_in_place(m.done(), in_y);
  CHECK_FALSE(p.refused);
  CHECK(lower::compute_at(p, compute_at({label{"y"}}, loop("z", "i"))).refused.sentence ==
        "compute_at(y, z[i]): the loops of y were taken apart before; place it first, then arrange its loops");
}

TEST_CASE("compute_in_place refuses what an instruction computes") {
  ir::program p = lower::compute_in_place(quantised(3, 4, 2), in_y);
  CHECK_FALSE(p.refused);
  p = quantised(3, 4, 2);
  p.instructions.push_back({});
  p.instructions.push_back("alu");
  ir::node_id store{};
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::store) store = id;
  });
  ir::node_id const by = p.add(ir::node{.what = ir::op::tensorized, .x = 1});
  ir::replace(p, store, by);
  p[by].a = store;
  CHECK(refusal_of(p) == "in_place(y): an instruction computes y already; say in_place before tensorize");
}
