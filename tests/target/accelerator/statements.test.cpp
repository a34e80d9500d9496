#include <tenon/target/accelerator/statements.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/toy_machine.hpp>

#include <tenon/lower/pipeline.hpp>
#include <tenon/target/accelerator/machine.hpp>

using namespace tenon;

namespace {

using op = toys::matmul<8, 8, 8>;
constexpr lower::machine on = accelerator::machine_of<toys::machine>();

accelerator::statements found(schedule const& plan) {
  ir::program const p = lower::finish(lower::apply(stage(op{}), plan, on), on);
  REQUIRE(p.refused.sentence == "");
  return accelerator::find_statements(p, on, lower::plan_memories(p, on), plan);
}

}  // namespace

TEST_CASE("statements count instructions") {
  schedule const plan = op{}.schedule(toys::machine{});
  ir::program const p = lower::finish(lower::apply(stage(op{}), plan, on), on);
  accelerator::statements const all = found(plan);
  CHECK(all.refused.sentence == "");
  CHECK(all.all.size() == 5);
  CHECK(all.size_at[static_cast<std::size_t>(p.root)] == 4 * (1 + 2 * 3 + 1));
}

TEST_CASE("statements that are no instruction") {
  schedule plan = op{}.loads_and_sums();
  CHECK(found(plan).refused.sentence == "y(i.outer * 4 + i.inner, j.outer * 4 + j.inner) = ...: no instruction does "
                                        "this, and toy does nothing else; name "
                                        "its loops in tensorize(..., ...), with one of load, multiply, clear, store");
  plan += bind(op{}.i.outer, block_x);
  CHECK(found(plan).refused.sentence ==
        "bind(i.outer, ...): toy has no blocks and threads of a grid; its units run at the "
        "same time on their own");
  plan = op{}.schedule(toys::machine{});
  plan += split(op{}.i.inner, 2);
  CHECK(found(plan).refused.sentence ==
        "tensorize(y[i.inner], clear): the instruction takes 4 turns of r; i.inner.outer runs 2 times");
}
