#include <tenon/target/cuda/overlap_copies.hpp>

#include <tenon/ir/verify.hpp>
#include <tenon/target/cuda/plan.hpp>

#include "support/programs.hpp"
#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

/// Strips of a vector for all threads of a block, copied ahead.
template <int Stages>
struct strips {
  axis<"i", 8> i;
  axis<"k", 20> k;
  tensor<"x", float, 20> x;
  tensor<"w", float, 20, 8> w;
  tensor<"y", float, 8> y;
  constexpr auto define() const { return y(i) = sum(k, x(k) * w(k, i)); }
  constexpr auto schedule(cuda_target) const {
    return steps(split(k, 4), reorder(k.outer, i, k.inner), bind(i, thread_x), cache(x, k.outer, space::shared),
                 bind(cached(x)[loop_name{.loop = "d0"}], thread_x), pipeline(k.outer, Stages));
  }
};

constexpr bool keeps_what_is_computed() {
  return programs::same_outputs(staged<strips<2>>, cuda::plan<strips<2>>::program) &&
         programs::same_outputs(staged<strips<4>>, cuda::plan<strips<4>>::program);
}
template <int Stages>
constexpr int count_of(ir::op what) {
  int count = 0;
  ir::program const& p = cuda::plan<strips<Stages>>::program;
  ir::each_statement(p, p.root, [&](ir::node_id id) { count += p[id].what == what; });
  return count;
}
constexpr bool begins_with_a_group_for_each_stage_but_one() {
  return count_of<2>(ir::op::ahead) == 2 && count_of<4>(ir::op::ahead) == 4 && count_of<4>(ir::op::wait) == 1;
}
constexpr bool lets_threads_meet_once_a_turn() {
  return count_of<2>(ir::op::barrier) == 1 && count_of<4>(ir::op::barrier) == 1;
}
constexpr bool is_legal() { return ir::verify(cuda::plan<strips<3>>::program, ir::level::lowered).empty(); }

TEST_CASE("overlap_copies") {
  CHECK_RUN(keeps_what_is_computed());
  CHECK_BOTH(begins_with_a_group_for_each_stage_but_one());
  CHECK_BOTH(lets_threads_meet_once_a_turn());
  CHECK_BOTH(is_legal());
}

}  // namespace
