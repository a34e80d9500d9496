#include <tenon/target/cuda/tile_loops.hpp>

#include <tenon/target/cuda/plan.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

constexpr cuda::tile_loops loops_at(label const& name) {
  using op = gemm_bf16<64, 64, 64>;
  ir::program const& p = cuda::plan<op>::program;
  cuda::tile_loops found{};
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    bool inside = false;
    if (p[id].what != ir::op::loop || p[p[id].axis()].name != name) return;
    ir::each_statement(p, id, [&](ir::node_id s) { inside |= p[s].what == ir::op::tensorized; });
    if (inside) found = cuda::tile_loops_at(p, id, cuda::machine_for<op>());
  });
  return found;
}

/// 2 parts of k, 2 tiles of rows and 8 of columns: the first factor has 2 x 2 parts, the second 2 x 8.
constexpr bool counts_the_parts_of_operands() {
  cuda::tile_loops const t = loops_at("k.inner.outer");
  return t.instruction != ir::node_id::none && t.axes.size() == 3 && t.turns == 32 && t.parts[0] == 4 &&
         t.parts[1] == 16 && t.step[0][0] == 2 && t.step[0][1] == 1 && t.step[0][2] == 0 && t.step[1][1] == 0 &&
         t.below[0] == 16 && t.below[2] == 1;
}
constexpr bool takes_loops_that_are_written_out_alone() {
  return loops_at("k.outer").instruction == ir::node_id::none &&
         loops_at("i.inner.outer").instruction == ir::node_id::none && loops_at("j.inner.outer").turns == 8;
}

TEST_CASE("tile_loops") {
  CHECK_BOTH(counts_the_parts_of_operands());
  CHECK_BOTH(takes_loops_that_are_written_out_alone());
}

}  // namespace
