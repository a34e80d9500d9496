#include <tenon/target/cuda/launch_needs.hpp>

#include <tenon/target/cuda/plan.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

template <class Op>
constexpr cuda::launch_needs needs_of = cuda::launch_needs_of(cuda::plan<Op>::program, cuda::plan<Op>::where);

constexpr bool tells_the_grid_and_what_is_taken_at_once() {
  constexpr cuda::launch_needs wide = needs_of<scaled_gelu<8, 132>>;
  return wide.blocks[0] == 2 && wide.blocks[1] == 2 && wide.blocks[2] == 1 && wide.threads[0] == 32 &&
         wide.threads[1] == 4 && wide.threads[2] == 1 && wide.alignments[0] == 16 && wide.alignments[2] == 0 &&
         wide.alignments[3] == 16 && needs_of<scaled_gelu<8, 131>>.alignments[0] == 0;
}
constexpr bool leaves_a_stricter_alignment() {
  signature declared = signature_of(cuda::plan<turned_around>::program);
  declared.arguments[1].alignment = 64;
  signature const made = with_alignments(declared, cuda::launch_needs{.alignments = {16, 32}});
  return made.arguments[0].alignment == 16 && made.arguments[1].alignment == 64;
}

TEST_CASE("launch_needs") {
  CHECK_BOTH(tells_the_grid_and_what_is_taken_at_once());
  CHECK_BOTH(leaves_a_stricter_alignment());
}

}  // namespace
