#include <tenon/lower/operand_memory.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/toy_machine.hpp>

#include <tenon/ir/find.hpp>
#include <tenon/lower/pipeline.hpp>

using namespace tenon;

namespace {

constexpr lower::machine toy = accelerator::machine_of<toys::machine>();
constexpr lower::instruction const& load = toy.instructions.first[0];

/// x copied into tiles, and where that is read from.
constexpr ir::program with_copy(space const& where, int rows = 4) {
  constexpr toys::matmul<8, 8, 8> op{};
  return lower::apply(stage(op),
                      steps(split(op.i, rows), split(op.k, 4),
                            reorder(op.i.outer, op.k.outer, op.i.inner, op.j, op.k.inner),
                            cache(op.x, op.k.outer, order(op.i.inner, op.k.inner), where)),
                      toy);
}
constexpr ir::access_id access_to(ir::program const& p, label const& name, bool written) {
  ir::access_id found{};
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what != ir::op::store) return;
    if (written && p[p[p[id].access()].of].name == name) found = p[id].access();
    if (written) return;
    ir::each_value(p, p[id].a, [&](ir::node_id v) {
      if (p[v].what == ir::op::load && p[p[p[v].access()].of].name == name) found = p[v].access();
    });
  });
  return found;
}

constexpr bool a_copy_in_its_memory_is_reached() {
  ir::program const p = with_copy(toys::tiles);
  return lower::why_out_of_reach(p, load, toy, 0, access_to(p, "x.cache", true)).empty() &&
         lower::why_out_of_reach(p, load, toy, 1, access_to(p, "x", false)).empty();
}
constexpr bool another_memory_is_said() {
  ir::program const p = with_copy(toys::sums);
  return lower::why_out_of_reach(p, load, toy, 0, access_to(p, "x.cache", true)) ==
         "the instruction takes to from tiles; here that is x.cache, which lives in sums and would need a cache in "
         "tiles";
}
constexpr bool memory_that_nobody_named_will_be_the_one() {
  ir::program const p = with_copy(space::automatic);
  return lower::space_of_operand(p, load, 0, access_to(p, "x.cache", true)) == toys::tiles;
}
constexpr bool addresses_are_multiples_of_their_granule() {
  ir::program const p = with_copy(toys::tiles);
  // x[4 * i.outer + ..., 4 * k.outer + ...]: rows of 8 bytes, taken at every fourth.
  return lower::granule_of(p, access_to(p, "x", false), {}) == 1 &&
         lower::why_inside_a_block(p, load, toy, 0, access_to(p, "x.cache", true), {}) ==
             "the instruction takes to at whole blocks of 16 bytes of tiles; here x.cache is taken every 1 bytes";
}

}  // namespace

TEST_CASE("operand_memory") {
  CHECK_BOTH(a_copy_in_its_memory_is_reached());
  CHECK_BOTH(another_memory_is_said());
  CHECK_BOTH(memory_that_nobody_named_will_be_the_one());
  CHECK_BOTH(addresses_are_multiples_of_their_granule());
}
