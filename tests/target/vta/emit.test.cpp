#include <tenon/target/vta/emit.hpp>

#include <tenon/target/vta/kernel.hpp>

#include "support/both.hpp"
#include "target/vta/operators.hpp"

namespace {

using namespace tenon;
using namespace tenon::vta;

template <class Op>
constexpr stream_or_flaw emitted(placement const& where) {
  using target = machine<pynq>;
  return emit(accelerator::lowered<Op, target>, accelerator::statements_of<Op, target>,
              prepare_sites(accelerator::lowered<Op, target>, accelerator::statements_of<Op, target>, meanings<pynq>,
                            sizes_of<pynq>),
              sizes_of<pynq>, where);
}

using one_row = dense<1, 16, 32, 1, 16, 32>;

constexpr bool tensors_lie_where_they_are_put() {
  vta::stream const low = emitted<one_row>({.tensors = 0, .micro_ops = 65536}).made;
  vta::stream const high = emitted<one_row>({.tensors = 4096, .micro_ops = 65536}).made;
  if (low.instructions.size() != high.instructions.size()) return false;
  for (std::size_t n = 0; n < low.instructions.size(); ++n) {
    instruction const& i = low.instructions[n];
    if (!i.is_dma()) continue;
    std::int64_t const apart = i.memory_type == vta::memory::uop ? 0 : 4096 / low.sizes.bytes(i.memory_type);
    if (high.instructions[n].dram_base - i.dram_base != apart) return false;
  }
  return low.micro_op_base == 16384;
}

constexpr bool every_statement_is_there() {
  vta::stream const s = emitted<one_row>({.tensors = 4096, .micro_ops = 65536}).made;
  int loads = 0, sums = 0, alus = 0, stores = 0;
  for (instruction const& i : s.instructions) {
    loads += i.op == opcode::load && i.memory_type != vta::memory::uop;
    sums += i.op == opcode::gemm && i.reset == 0;
    alus += i.op == opcode::alu;
    stores += i.op == opcode::store;
  }
  return loads == 3 && sums == 1 && alus == 4 && stores == 1 && s.instructions.back().op == opcode::finish;
}

/// A tile of rows of which one half lies in front of the image: nothing of it comes from DRAM.
using beyond = convolution_operator<2, 16, 16, 1, 1, 2, 1, 1, true, false>;

}  // namespace

TEST_CASE("emit") {
  CHECK_BOTH(tensors_lie_where_they_are_put());
  CHECK_BOTH(every_statement_is_there());
  CHECK(emitted<beyond>({.tensors = 4096, .micro_ops = 65536}).flaw ==
        "this operator: all of a copy is zeros; machines differ about one that takes nothing from DRAM");
}
