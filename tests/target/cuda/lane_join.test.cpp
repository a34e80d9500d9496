#include <tenon/target/cuda/lane_join.hpp>

#include <tenon/ir/find.hpp>
#include <tenon/target/cuda/plan.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

template <class Op>
constexpr int joins_in() {
  ir::program const& p = cuda::lowered<Op>;
  int count = 0;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::loop && cuda::lane_join_at(p, id, cuda::grid_of(p)).found) ++count;
  });
  return count;
}

constexpr bool finds_the_joins_of_a_softmax_and_nothing_else() {
  return joins_in<softmax<5, 70>>() == 2 && joins_in<turned_around>() == 0 && joins_in<scaled_gelu<8, 128>>() == 0;
}

TEST_CASE("lane_join") { CHECK_BOTH(finds_the_joins_of_a_softmax_and_nothing_else()); }

}  // namespace
