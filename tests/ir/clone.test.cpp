#include <tenon/ir/clone.hpp>

#include "support/both.hpp"
#include "support/programs.hpp"

using namespace tenon;

constexpr bool shares_what_does_not_change() {
  programs::maker m{};
  auto const x = m.input("x", {4, 4});
  auto const i = m.axis(x, "i", 4), j = m.axis(x, "j", 4);
  auto const kept = m.load(x, {m.at(j), m.at(j)});
  auto const changed = m.load(x, {m.at(i), m.at(j)});
  auto const sum = m.binary(ir::op::add, kept, changed);
  ir::substitution s{};
  s.counter(i, ir::add_index(m.p, 2));
  ir::node_id const made = ir::clone_value(m.p, sum, s);
  ir::access const at = m.p[m.p[m.p[made].b].access()];
  return made != sum && m.p[made].a == kept && ir::clone_value(m.p, kept, s) == kept &&
         ir::is_constant(m.p, at.at[0], 2) && !ir::depends_on(m.p, made, i) && ir::depends_on(m.p, sum, i);
}

constexpr bool replaces_formals() {
  programs::maker m{};
  ir::reduction_id const r = m.reduction(ir::reduction_kind::sum, element::f32);
  ir::substitution s{};
  ir::node_id const two = m.number(2), three = m.number(3);
  s.formal(0, two);
  s.formal(1, three);
  ir::node const made = m.p[ir::clone_value(m.p, m.p[r].combine[0], s)];
  return made.what == ir::op::add && made.a == two && made.b == three;
}

constexpr bool folds_indices() {
  programs::maker m{};
  auto const x = m.input("x", {9});
  auto const i = m.axis(x, "i", 9);
  ir::node_id const index = ir::add_index(m.p, ir::op::add, ir::add_index(m.p, ir::op::mul, m.at(i), 3), 1);
  ir::substitution s{};
  s.counter(i, ir::add_index(m.p, 2));
  return ir::is_constant(m.p, ir::clone_value(m.p, index, s), 7);
}

constexpr bool copies_of_a_nest_do_the_same() {
  ir::program const p = programs::dense_relu(2, 3, 4);
  ir::program copied = p;
  copied.root = ir::clone_statement(copied, copied.root, {});
  ir::program twice = p;
  twice.root = ir::add_block(twice, ir::clone_statement(twice, twice.root, {}), p.root);
  return copied.root != p.root && programs::same_outputs(p, copied) && programs::same_outputs(p, twice);
}

TEST_CASE("clone") {
  CHECK_BOTH(shares_what_does_not_change());
  CHECK_BOTH(replaces_formals());
  CHECK_BOTH(folds_indices());
  CHECK_BOTH(copies_of_a_nest_do_the_same());
}
