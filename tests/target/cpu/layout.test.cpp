#include <tenon/target/cpu/layout.hpp>

#include <tenon/lower/pipeline.hpp>
#include <tenon/schedule.hpp>

#include "support/loops.hpp"
#include "support/programs.hpp"
#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr ir::program tile() {
  auto const i = loop("i"), j = loop("j"), k = loop("k");
  return lower::finish(lower::apply(programs::matmul(8, 64, 4),
                                    steps(split(i, 4), split(j, 32), reorder(i.outer, j.outer, k, i.inner, j.inner),
                                          unroll(i.inner), vectorize(j.inner))));
}
constexpr cpu::layout::place place_of_sums() {
  ir::program const p = tile();
  return cpu::layout_of(p, 64).at[static_cast<std::size_t>(lower::find_buffer(p, {"y.sum"}))];
}
constexpr bool keeps_a_tile_in_vectors() {
  return place_of_sums().kind == cpu::storage::rows && place_of_sums().lanes == 16 && place_of_sums().count == 8;
}
constexpr bool needs_no_workspace_for_it() { return cpu::layout_of(tile(), 64).shared_bytes == 0; }

// Blocks of k from outside: each tile starts from 0 or from what the block before left, the same for every lane.
constexpr ir::program carried_tile() {
  auto const i = loop("i"), j = loop("j"), k = loop("k");
  return lower::finish(
      lower::apply(programs::matmul(8, 64, 4), steps(split(i, 4), split(j, 32), split(k, 2),
                                                     reorder(i.outer, j.outer, k.outer, k.inner, i.inner, j.inner),
                                                     carry(k.outer, i.outer), unroll(i.inner), vectorize(j.inner))));
}
constexpr bool an_index_common_to_all_lanes_does_not_halve_them() {
  ir::program const p = carried_tile();
  return cpu::layout_of(p, 64).at[static_cast<std::size_t>(lower::find_buffer(p, {"y.sum"}))].lanes == 16;
}

TEST_CASE("layout") {
  CHECK_BOTH(an_index_common_to_all_lanes_does_not_halve_them());
  CHECK_BOTH(keeps_a_tile_in_vectors());
  CHECK_BOTH(needs_no_workspace_for_it());
}

}  // namespace
