#include <tenon/target/cuda/ownership.hpp>

#include <tenon/target/cuda/plan.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

using share = cuda::ownership::share;

template <class Op>
constexpr cuda::ownership of(label const& name) {
  ir::program const& p = cuda::lowered<Op>;
  cuda::ownerships const all = cuda::ownership_of(p);
  for (std::size_t b = 1; b < p.buffers.size(); ++b) {
    if (p.buffers[b].name == name) return all.at[b];
  }
  return {};
}

constexpr bool sees_what_threads_exchange() {
  return of<turned_around>("s").of[0] == share::exchanged && !of<turned_around>("s").is_private() &&
         of<sgemm_relu<64, 64, 32>>("x.cache").of[0] == share::exchanged;
}
constexpr bool sees_what_a_thread_has_alone() {
  constexpr cuda::ownership sum = of<sgemm_relu<64, 64, 32>>("y.sum");
  return sum.of[0] == share::owned && sum.of[1] == share::owned && sum.of[2] == share::one && sum.is_private() &&
         !sum.indexed && sum.turns[0] == 16;
}
constexpr bool sees_what_all_threads_compute_alike() {
  return of<softmax<5, 70>>("total").of[0] == share::same && of<softmax<5, 70>>("total").of[1] == share::inside &&
         of<softmax<5, 70>>("total.sum.rf").joined;
}

TEST_CASE("ownership") {
  CHECK_BOTH(sees_what_threads_exchange());
  CHECK_BOTH(sees_what_a_thread_has_alone());
  CHECK_BOTH(sees_what_all_threads_compute_alike());
}

}  // namespace
