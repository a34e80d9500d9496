#include <tenon/lower/pipeline_loop.hpp>

#include <string_view>

#include <tenon/language.hpp>
#include <tenon/lower/pipeline.hpp>
#include <tenon/schedule.hpp>

#include "support/both.hpp"
#include "support/programs.hpp"

namespace {

using namespace tenon;

struct strips {
  axis<"i", 8> i;
  axis<"k", 16> k;
  tensor<"x", float, 8, 16> x;
  tensor<"y", float, 8> y;
  constexpr auto define() const { return y(i) = sum(k, x(i, k)); }
};

ir::program arranged(step const& s) {
  strips const op{};
  return lower::apply(stage(op), steps(split(op.k, 4), reorder(op.k.outer, op.i), cache(op.x, op.k.outer), s));
}
bool refused(step const& s, std::string_view words) {
  ir::program const p = arranged(s);
  return std::string_view(p.refused.sentence).starts_with(words);
}

TEST_CASE("pipeline_loop: a mark that a target carries out") {
  strips const op{};
  ir::program const p = arranged(pipeline(op.k.outer));
  CHECK(!p.refused);
  int marked = 0;
  for (ir::axis const& a : p.axes) marked += a.stages == 2;
  CHECK(marked == 1);
  CHECK(programs::same_outputs(stage(op), p));
}

TEST_CASE("pipeline_loop: what it refuses") {
  strips const op{};
  CHECK(refused(pipeline(op.k.outer, 1), "pipeline(k.outer, 1): copies for 1 turns are too few to keep"));
  CHECK(refused(pipeline(op.k.outer, 9), "pipeline(k.outer, 9): copies for 9 turns are too many to keep"));
  CHECK(refused(pipeline(op.k.inner), "pipeline(k.inner, 2): no cache is filled in each turn of k.inner"));
}

}  // namespace
