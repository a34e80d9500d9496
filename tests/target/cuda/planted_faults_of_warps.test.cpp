// Mistakes in a product of matrices by tensor cores: the emulator sees each, and names it.
#include "support/cuda_operators.hpp"
#include "support/planted.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;
using namespace planted;

using gemm = gemm_bf16<16, 8, 96>;

/// The lanes of the last row, and nobody else, go past the instruction.
constexpr auto one_row_skips = [](ir::program p) {
  ir::node_id const done = statement_of(p, ir::op::tensorized, 0);
  ir::node_id const rows = ir::add_index(p, 8);
  ir::axis_id const row = p.add(ir::axis{.name = "rows", .extent = rows, .kind = ir::loop_kind::thread_y});
  ir::node_id const few = ir::add_binary(p, ir::op::less, ir::add_counter(p, row), ir::add_index(p, 7));
  ir::node_id const when = p.add(ir::node{.what = ir::op::when, .a = few});
  ir::node_id const loop = p.add(ir::node{.what = ir::op::loop, .x = static_cast<std::uint16_t>(row)});
  ir::replace(p, done, loop);
  p[loop].a = when;
  p[when].b = done;
  return p;
};
/// Every eighth row of the first strip is left out.
constexpr auto short_strip = [](ir::program p) {
  ir::node_id const few = ir::add_index(p, 7);
  for (ir::axis& a : p.axes) {
    if (a.kind == ir::loop_kind::thread_y && p[a.stage].name == label("x.cache")) a.extent = few;
  }
  return p;
};
/// What lies outside of a factor is what happens to be there.
constexpr auto without_zeros = [](ir::program p) {
  ir::node& store = p[store_to(p, "w.cache")];
  store.a = p[store.a].b;
  return p;
};

TEST_CASE("planted faults: lanes that do not come to an instruction of their warp") {
  CHECK(emulated::disagreement<gemm>() == "");
  CHECK(says(emulated::disagreement<gemm, changed<gemm, one_row_skips>>(),
             {"mma_gemm<16, 8, 96", "block (0, 0, 0), thread (", "waits for the lanes of its warp, and thread "}));
}

TEST_CASE("planted faults: operands of an instruction that are not there") {
  CHECK(says(
      emulated::disagreement<gemm, changed<gemm, without_wait>>(),
      {"mma_gemm<16, 8, 96", "block (0, 0, 0), thread (", "reads element ", ".cache, to which a copy is under way"}));
  CHECK(says(emulated::disagreement<gemm, changed<gemm, waits_for_too_few>>(), {"to which a copy is under way"}));
  CHECK(says(emulated::disagreement<gemm, changed<gemm, short_strip>>(), {"of x.cache, which nothing has written"}));
  CHECK(says(emulated::disagreement<gemm, changed<gemm, without_zeros>>(), {"reads w at index ", "of dimension 0"}));
}

TEST_CASE("planted faults: rows of an operand that do not lie at multiples of 16 bytes") {
  using tile = padded_tile<8>;
  CHECK(says(
      emulated::disagreement<tile, misplaced<tile, off_by_four_bytes>>(),
      {"padded_tile<8>: block (0, 0, 0), thread (", "reads 16 bytes of ", "whose address is no multiple of that"}));
}

TEST_CASE("planted faults: no barrier between the turns that fill a slot and read it") {
  CHECK(says(emulated::disagreement<gemm, changed<gemm, no_barrier<0>>>(),
             {"mma_gemm<16, 8, 96", "block (0, 0, 0), thread (", ".cache, "}));
}

}  // namespace
