#include <doctest/doctest.h>

#include <limits>
#include <string>

#include <support/programs.hpp>

#include <tenon/target/text/spell.hpp>

using namespace tenon;

namespace {

struct words {
  programs::maker m{};
  ir::program& p = m.p;
  ir::buffer_id x = m.input("x", {8, 8});
  ir::buffer_id n = m.tensor("n", element::i64, ir::role::input, {8});
  ir::axis_id i = m.axis(x, "i", 8), j = m.axis(x, "j", 8);

  ir::node_id index(ir::op what, ir::node_id a, ir::node_id b) {
    return p.add(ir::node{.what = what, .type = ir::index_type, .a = a, .b = b});
  }
  ir::node_id whole(std::int64_t value) { return ir::add_index(p, value); }
  std::string of(ir::node_id id) const { return show::speller{p}.value(id); }
};

}  // namespace

TEST_CASE("an index is a sum, what is added first") {
  words w{};
  using ir::op;
  auto const i = w.m.at(w.i), j = w.m.at(w.j);
  auto const twelve_i = w.index(op::mul, i, w.whole(12));
  CHECK(w.of(w.index(op::add, twelve_i, j)) == "12*i + j");
  CHECK(w.of(w.index(op::sub, w.whole(7), i)) == "7 - i");
  CHECK(w.of(w.index(op::add, i, w.whole(-1))) == "i - 1");
  CHECK(w.of(w.index(op::sub, w.index(op::add, i, j), i)) == "j");
  CHECK(w.of(w.index(op::sub, i, i)) == "0");
  CHECK(w.of(w.index(op::mul, w.index(op::add, i, j), w.whole(-3))) == "-3*i - 3*j");
  CHECK(w.of(w.index(op::mul, i, j)) == "i * j");
}

TEST_CASE("division of an index is a stroke where it cannot be misread") {
  words w{};
  using ir::op;
  auto const i = w.m.at(w.i), j = w.m.at(w.j);
  CHECK(w.of(w.index(op::floor_div, w.index(op::add, i, j), w.whole(4))) == "(i + j) / 4");
  CHECK(w.of(w.index(op::floor_mod, i, w.whole(4))) == "i % 4");
  CHECK(w.of(w.index(op::floor_div, w.index(op::sub, i, j), w.whole(4))) == "floor_div(i - j, 4)");
  CHECK(w.of(w.index(op::add, w.index(op::mul, w.index(op::floor_div, i, w.whole(4)), w.whole(3)), j)) ==
        "3*(i / 4) + j");
}

TEST_CASE("parentheses stand only where the formula needs them") {
  words w{};
  using ir::op;
  auto const a = w.m.load(w.x, {w.m.at(w.i), w.m.at(w.j)}), b = w.m.number(2.5);
  auto const sum = w.m.binary(op::add, a, b), product = w.m.binary(op::mul, a, b);
  CHECK(w.of(w.m.binary(op::mul, sum, b)) == "(x[i, j] + 2.5) * 2.5");
  CHECK(w.of(w.m.binary(op::add, product, b)) == "x[i, j] * 2.5 + 2.5");
  CHECK(w.of(w.m.binary(op::sub, b, sum)) == "2.5 - (x[i, j] + 2.5)");
  CHECK(w.of(w.m.binary(op::max, sum, b)) == "max(x[i, j] + 2.5, 2.5)");
  CHECK(w.of(ir::add_unary(w.p, op::negate, sum)) == "-(x[i, j] + 2.5)");
  CHECK(w.of(ir::add_cast(w.p, element::i8, sum)) == "int8(x[i, j] + 2.5)");
  CHECK(w.of(w.p.add(ir::node{
            .what = op::math, .type = element::f32, .x = static_cast<std::uint16_t>(ir::math::exp), .a = a})) ==
        "exp(x[i, j])");
}

TEST_CASE("constants are as short as they can be") {
  words w{};
  CHECK(w.of(ir::add_real(w.p, element::f32, 0.1f)) == "0.1");
  CHECK(w.of(ir::add_real(w.p, element::f64, 0.1)) == "0.1");
  CHECK(w.of(ir::add_real(w.p, element::f32, -std::numeric_limits<double>::infinity())) == "-inf");
  CHECK(w.of(ir::add_integer(w.p, element::boolean, 1)) == "true");
  CHECK(w.of(ir::add_integer(w.p, element::u64, -1)) == "18446744073709551615");
}

TEST_CASE("a range is one condition") {
  words w{};
  using ir::op;
  auto const i = w.m.at(w.i), j = w.m.at(w.j);
  auto const within = [&](ir::node_id at, int n) {
    return w.m.binary(op::logical_and, w.m.binary(op::less_equal, w.whole(0), at),
                      w.m.binary(op::less, at, w.whole(n)));
  };
  auto const both = w.m.binary(op::logical_and, within(i, 8), within(w.index(op::sub, j, w.whole(2)), 4));
  CHECK(w.of(both) == "0 <= i < 8 && 0 <= j - 2 < 4");
  CHECK(w.of(ir::add_unary(w.p, op::logical_not, both)) == "!(0 <= i < 8 && 0 <= j - 2 < 4)");
  auto const either = w.m.binary(op::logical_or, within(i, 8), w.m.binary(op::equal, i, j));
  CHECK(w.of(either) == "0 <= i < 8 || i == j");
  auto const load = w.m.load(w.x, {i, j});
  auto const zero = w.m.number(0);
  CHECK(w.of(w.p.add(ir::node{.what = op::guarded, .type = element::f32, .a = both, .b = load, .c = zero})) ==
        "0 <= i < 8 && 0 <= j - 2 < 4 ? x[i, j] : 0");
  CHECK(w.of(w.p.add(ir::node{.what = op::select, .type = element::f32, .a = either, .b = load, .c = zero})) ==
        "select(0 <= i < 8 || i == j, x[i, j], 0)");
}

TEST_CASE("a gather reads an index") {
  words w{};
  auto const i = w.m.at(w.i);
  auto const row = w.index(ir::op::add, w.m.load(w.n, {i}), w.whole(1));
  CHECK(w.of(w.m.load(w.x, {row, i})) == "x[n[i] + 1, i]");
}

TEST_CASE("long sums and long formulas are no trouble") {
  words w{};
  ir::node_id sum = w.whole(0);
  for (int n = 0; n < 20; ++n) sum = w.index(ir::op::add, sum, w.m.at(w.m.axis(w.x, "q", 4)));
  CHECK(w.of(sum).starts_with("q + q + q"));
  ir::node_id twice = w.m.number(1);
  for (int n = 0; n < 40; ++n) twice = w.m.binary(ir::op::add, twice, twice);
  CHECK(w.of(twice).size() < 20000);
  CHECK(show::speller{ir::program{}}.value(ir::node_id{9}) == "?()");
}

TEST_CASE("a value that contains itself ends somewhere") {
  words w{};
  auto const sum = w.index(ir::op::add, w.m.at(w.i), w.m.at(w.j));
  w.p[sum].b = sum;
  CHECK(w.of(sum).starts_with("i + (i + ("));
  auto const quotient = w.index(ir::op::floor_div, sum, w.whole(3));
  w.p[sum] = {.what = ir::op::max, .type = ir::index_type, .a = quotient, .b = sum};
  CHECK(w.of(quotient).starts_with("floor_div(max("));
}
