#include <tenon/target/cuda/grid.hpp>

#include <string_view>

#include <tenon/target/cuda/plan.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

constexpr bool counts_blocks_and_threads() {
  constexpr cuda::grid g = cuda::grid_of(cuda::lowered<sgemm_relu<67, 130, 35>>);
  return g == cuda::grid{.blocks = {3, 2, 1}, .threads = {16, 16, 1}} && g.block_count() == 6 &&
         g.thread_count() == 256;
}

/// A row for each turn of `i`, arranged in one way or another.
struct rows {
  axis<"i", 2000> i;
  axis<"j", 8> j;
  tensor<"x", float, 2000, 8> x;
  tensor<"y", float, 2000, 8> y;
  constexpr auto define() const { return y(i, j) = 2 * x(i, j); }
};
constexpr text refused(schedule const& s) { return cuda::why_no_grid(lower::apply(stage<rows>({}), s)); }

constexpr bool refuses_what_no_grid_can_run() {
  constexpr rows op{};
  auto const says = [](text const& why, std::string_view words) {
    return std::string_view(why).find(words) != std::string_view::npos;
  };
  return refused(steps(bind(op.i, block_x), bind(op.j, thread_x))).empty() &&
         says(refused(steps(bind(op.i, thread_x))), "a block of 2000 x 1 x 1 threads is more than 1024") &&
         says(refused(steps(bind(op.i, block_x))), "no loop of its schedule is bound to threads") &&
         says(refused(steps(parallel(op.i), bind(op.j, thread_x))), "parallel(i): a GPU has blocks and threads") &&
         says(refused(steps(bind(op.j, block_x), split(op.i, 10), bind(op.i.inner, thread_x))),
              "i.outer stands around loops that are bound to blocks");
}

TEST_CASE("grid") {
  CHECK_BOTH(counts_blocks_and_threads());
  CHECK_RUN(refuses_what_no_grid_can_run());
}

}  // namespace
