#include <tenon/target/cuda/place_in_threads.hpp>

#include <string_view>

#include <tenon/lower/pipeline.hpp>
#include <tenon/target/cuda/plan.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

template <class Op>
constexpr ir::memory memory_of(label const& name) {
  for (ir::buffer const& b : cuda::lowered<Op>.buffers) {
    if (b.name == name) return b.where;
  }
  return ir::memory::automatic;
}

constexpr bool puts_into_shared_memory_what_threads_exchange() {
  return memory_of<turned_around>("s") == ir::memory::shared &&
         memory_of<sgemm_relu<64, 64, 32>>("y.sum") == ir::memory::registers &&
         memory_of<softmax<5, 70>>("grown") == ir::memory::registers;
}

text refused(step const& s) {
  turned_around const op{};
  ir::program const p = lower::apply(lower::apply(stage(op), op.schedule(cuda_target{}), cuda::gpu), s, cuda::gpu);
  return cuda::place_in_threads(p).refused.sentence;
}

TEST_CASE("place_in_threads") {
  CHECK_BOTH(puts_into_shared_memory_what_threads_exchange());
  turned_around const op{};
  CHECK(
      std::string_view(refused(place(op.s, space::registers))).starts_with("place(s, space::registers): threads read"));
  CHECK(std::string_view(refused(place(op.s, space::workspace)))
            .starts_with("place(s, space::workspace): a GPU has no memory"));
  CHECK(refused(place(op.s, space::shared)).empty());
}

}  // namespace
