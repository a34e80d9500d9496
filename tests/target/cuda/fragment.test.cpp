#include <tenon/target/cuda/fragment.hpp>

#include <tenon/target/cuda/plan.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;
using cuda::fetch;

/// How the lanes of the first instruction of an operator get an operand.
template <class Op>
constexpr fetch how(std::size_t operand) {
  ir::program const& p = cuda::plan<Op>::program;
  lower::machine const on = cuda::machine_for<Op>();
  ir::node_id done = ir::node_id::none;
  ir::each_statement(p, p.root, [&](ir::node_id id) { done = p[id].what == ir::op::tensorized ? id : done; });
  lower::instruction const& i = on.instructions.first[on.find_instruction(p.instructions[p[done].x])];
  return cuda::fetch_of(p, cuda::plan<Op>::where, i, lower::match_instruction(p, p[done].a, i, on), operand);
}

/// Rows of 16 bytes begin at multiples of 16; the second factor lies with a row for each k.
constexpr bool takes_rows_that_are_proved_to_lie_right() {
  return how<padded_tile<8>>(1) == fetch::rows && how<padded_tile<8>>(2) == fetch::columns;
}
constexpr bool takes_words_or_elements_else() {
  return how<padded_tile<2>>(1) == fetch::words && how<padded_tile<2>>(2) == fetch::elements &&
         how<padded_tile<1>>(1) == fetch::elements;
}
constexpr bool slots_and_tiles_do_not_matter() {
  return how<gemm_bf16<64, 64, 64>>(1) == fetch::rows && how<gemm_bf16<64, 64, 64>>(2) == fetch::rows &&
         how<mma_gemm<64, 64, 64, true>>(2) == fetch::columns;
}

TEST_CASE("fragment") {
  CHECK_BOTH(takes_rows_that_are_proved_to_lie_right());
  CHECK_BOTH(takes_words_or_elements_else());
  CHECK_BOTH(slots_and_tiles_do_not_matter());
}

}  // namespace
