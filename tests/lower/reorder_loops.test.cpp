#include <tenon/lower/reorder_loops.hpp>

#include <string_view>

#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/schedule.hpp>
#include <tenon/schedule/split.hpp>

using namespace tenon;

namespace {

constexpr ir::program with(ir::program p, schedule const& all) {
  for (step const& s : all.steps) {
    if (p.refused) return p;
    p = s.what == action::reorder ? lower::reorder_loops(p, s) : lower::split_loop(p, s);
  }
  return p;
}
constexpr bool keeps_the_meaning(ir::program const& plain, schedule const& all) {
  ir::program const p = with(plain, all);
  return !p.refused && programs::same_outputs(plain, p);
}

/// The nest as words: loops by name, `{` and `}` around what is inside, stores by the tensor written.
constexpr text shape(ir::program const& p, ir::node_id id) {
  text to{};
  ir::node const& n = p[id];
  switch (n.what) {
    case ir::op::loop: to << p[n.axis()].name << "{" << std::string_view(shape(p, n.a)) << "}"; break;
    case ir::op::block: to << std::string_view(shape(p, n.a)) << " " << std::string_view(shape(p, n.b)); break;
    case ir::op::together: to << std::string_view(shape(p, n.a)); break;
    case ir::op::allocate: {
      to << "[" << p[n.buffer()].name << ":" << p[n.buffer()].rank << " " << std::string_view(shape(p, n.a)) << "]";
      break;
    }
    case ir::op::store: to << p[p[n.access()].of].name << (n.value != 0 ? "+" : ""); break;
    default: break;
  }
  return to;
}

constexpr auto i = loop("i");
constexpr auto j = loop("j");
constexpr auto k = loop("k");
constexpr schedule register_tile = steps(split(i, 2), split(j, 3), reorder(i.outer, j.outer, k, i.inner, j.inner));

constexpr bool makes_a_register_tile() {
  ir::program const p = with(programs::dense_relu(4, 6, 5), register_tile);
  return shape(p, p.root) == "i.outer{j.outer{[y.sum:2 i.inner{j.inner{y.sum}} k{i.inner{j.inner{y.sum+}}} "
                             "i.inner{j.inner{y}}]}}";
}
constexpr bool reorders_a_perfect_nest() {
  ir::program const p = with(programs::transposed(3, 4), steps(reorder(j, i)));
  return shape(p, p.root) == "j{i{y}}" && programs::same_outputs(programs::transposed(3, 4), p);
}
constexpr bool leaves_what_is_not_named() {
  ir::program const p = with(programs::dense_relu(4, 6, 5), steps(split(k, 5), reorder(j, i)));
  return shape(p, p.root) == "j{i{[y.sum:0 y.sum k.outer{k.inner{y.sum+}} y]}}";
}
constexpr bool takes_the_reduction_outside() {
  ir::program const p = with(programs::matmul(2, 3, 4), steps(reorder(k, i, j)));
  return shape(p, p.root) == "[y.sum:2 i{j{y.sum}} k{i{j{y.sum+}}} i{j{y}}]" &&
         programs::same_outputs(programs::matmul(2, 3, 4), p);
}
constexpr bool blocks_a_matmul() {
  schedule const blocked =
      steps(split(i, 2), split(j, 2), split(k, 2), reorder(j.outer, k.outer, i.outer, k.inner, i.inner, j.inner));
  ir::program const p = with(programs::matmul(4, 4, 4), blocked);
  return shape(p, p.root) == "j.outer{[y.sum:3 i.outer{i.inner{j.inner{y.sum}}} "
                             "k.outer{i.outer{k.inner{i.inner{j.inner{y.sum+}}}}} i.outer{i.inner{j.inner{y}}}]}" &&
         programs::same_outputs(programs::matmul(4, 4, 4), p);
}
constexpr bool reorders_twice() {
  ir::program const p = with(programs::dense_relu(4, 6, 5), steps(register_tile, reorder(j.inner, i.inner)));
  return shape(p, p.root) == "i.outer{j.outer{[y.sum:2 j.inner{i.inner{y.sum}} k{j.inner{i.inner{y.sum+}}} "
                             "j.inner{i.inner{y}}]}}" &&
         programs::same_outputs(programs::dense_relu(4, 6, 5), p);
}
constexpr bool distributes_several_accumulators() {
  ir::program const plain = programs::row_argmax(4, 5);
  ir::program const p = with(plain, steps(split(i, 2), reorder(i.outer, k, i.inner)));
  return shape(p, p.root) == "i.outer{[y.best:1 [y.argmax:1 i.inner{y.best y.argmax} k{i.inner{y.best+ y.argmax+}} "
                             "i.inner{y}]]}" &&
         programs::same_outputs(plain, p);
}
constexpr bool keeps_peeled_tails() {
  ir::program const plain = programs::dense_relu(5, 7, 3);
  ir::program const p = with(
      plain, steps(split(i, 2, tail::peel), split(j, 3, tail::peel), reorder(i.outer, j.outer, k, i.inner, j.inner)));
  return !p.refused && programs::same_outputs(plain, p);
}
constexpr bool reorders_what_is_left_over() {
  ir::program const plain = programs::dense_relu(5, 7, 4);
  ir::program const p = with(plain, steps(split(i, 2, tail::peel), split(j, 3, tail::peel), split(k, 3, tail::peel),
                                          reorder(j.outer, i.outer, k.outer, k.inner, i.inner, j.inner)));
  return !p.refused && programs::same_outputs(plain, p);
}

std::string_view sentence(ir::program const& p) { return p.refused.sentence; }

/// A row that is overwritten by every iteration of two loops.
constexpr ir::program last_one_wins() {
  programs::maker m{};
  auto const x = m.input("x", {3, 4});
  auto const y = m.output("y", {1});
  auto const a = m.axis(y, "i", 3);
  auto const b = m.axis(y, "j", 4);
  m.stage_at({a, b}, ir::add_access(m.p, y, {ir::add_index(m.p, 0)}), m.load(x, {m.at(a), m.at(b)}));
  return m.done();
}

}  // namespace

TEST_CASE("reorder_loops") {
  CHECK_BOTH(makes_a_register_tile());
  CHECK_BOTH(reorders_a_perfect_nest());
  CHECK_BOTH(leaves_what_is_not_named());
  CHECK_BOTH(takes_the_reduction_outside());
  CHECK_BOTH(blocks_a_matmul());
  CHECK_BOTH(reorders_twice());
  CHECK_BOTH(distributes_several_accumulators());
  CHECK_BOTH(keeps_peeled_tails());
  CHECK_BOTH(reorders_what_is_left_over());
  CHECK_BOTH(keeps_the_meaning(programs::dense_relu(4, 6, 5), register_tile));
  CHECK_BOTH(keeps_the_meaning(programs::dense_relu(5, 7, 5), steps(split(i, 2, tail::guard), split(j, 3, tail::guard),
                                                                    reorder(i.outer, j.outer, k, i.inner, j.inner))));
}

TEST_CASE("reorder_loops refuses") {
  CHECK(sentence(with(programs::matmul_of_rows(8, 4, 4), steps(reorder(k, i, j)))) ==
        "reorder(k, i, j): inside the reduction, i would need one partial result for each of its iterations, and it "
        "runs M "
        "times, which is no constant; split i and leave i.outer outside");
  CHECK(sentence(with(programs::matmul(4, 4, 4), steps(reorder(k, i, k)))) ==
        "reorder(k, i, k): k is named twice; name each loop once");
  CHECK(sentence(with(programs::blur(4, 4), steps(reorder(loop("bx", "y"), loop("by", "x"))))) ==
        "reorder(bx[y], by[x]): by[x] stands neither around bx[y] nor inside it; name loops of one nest");
  CHECK(sentence(with(last_one_wins(), steps(reorder(j, i)))) ==
        "reorder(j, i): iterations of i and j write or read the same elements of y, one after another, and j outside i "
        "is "
        "another sequence; keep i outside j");
}
