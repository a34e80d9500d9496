#include <tenon/target/cuda/insert_barriers.hpp>

#include <string_view>

#include <tenon/analysis/cost.hpp>
#include <tenon/analysis/coverage.hpp>
#include <tenon/ir/verify.hpp>
#include <tenon/target/cuda/plan.hpp>

#include "support/programs.hpp"
#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

template <class Op>
constexpr int barriers_in() {
  int count = 0;
  ir::program const& p = cuda::synchronised<Op>;
  ir::each_statement(p, p.root, [&](ir::node_id id) { count += p[id].what == ir::op::barrier; });
  return count;
}

constexpr bool puts_barriers_where_threads_exchange_and_nowhere_else() {
  return barriers_in<turned_around>() == 1 && barriers_in<sgemm_relu<64, 68, 32>>() == 2 &&
         barriers_in<softmax<5, 70>>() == 0 && barriers_in<scaled_gelu<7, 130>>() == 0;
}
constexpr bool keeps_what_is_computed() {
  return programs::same_outputs(staged<turned_around>, cuda::synchronised<turned_around>);
}

constexpr bool costs_nothing_that_is_counted() {
  using gemm = sgemm_relu<64, 64, 16>;
  return analysis::cost_of(cuda::synchronised<gemm>).flops == analysis::cost_of(cuda::lowered<gemm>).flops &&
         analysis::covers(cuda::synchronised<turned_around>).is != analysis::answer::no;
}

/// Rows of threads exchange parts of a sum; the last row of blocks is not full.
struct exchange_in_a_tail {
  axis<"i", 5> i;
  axis<"k", 128> k;
  tensor<"x", float, 5, 128> x;
  tensor<"y", float, 5> y;
  constexpr auto define() const { return y(i) = sum(k, x(i, k)); }
  constexpr auto schedule(cuda_target) const {
    return steps(split(k, 64), rfactor(k.inner), split(i, 2, tail::guard), bind(i.outer, block_x),
                 bind(i.inner, thread_y), bind(k.inner, thread_x));
  }
};

TEST_CASE("insert_barriers") {
  CHECK_BOTH(puts_barriers_where_threads_exchange_and_nowhere_else());
  CHECK_BOTH(keeps_what_is_computed());
  CHECK_RUN(costs_nothing_that_is_counted());
  CHECK_BOTH(ir::verify(cuda::synchronised<sgemm_relu<64, 68, 32>>, ir::level::lowered).empty());
  std::string_view const why = cuda::synchronised<exchange_in_a_tail>.refused.sentence;
  CHECK(why.starts_with("this operator: threads exchange y.sum.rf and have to meet where only some of them are"));
}

}  // namespace
