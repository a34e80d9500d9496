#include <tenon/lower/interleave_threads.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>
#include <support/toy_machine.hpp>

#include <tenon/ir/verify.hpp>
#include <tenon/lower/pipeline.hpp>
#include <tenon/schedule.hpp>
#include <tenon/target/text/loop_nest.hpp>

using namespace tenon;

namespace {

constexpr auto i = loop("i"), j = loop("j"), k = loop("k");

/// Two threads, each with a row of x in a copy and sums of its own.
constexpr ir::program two_rows() {
  ir::program const p = lower::apply(programs::matmul(2, 4, 3),
                                     steps(reorder(i, k, j), cache(tensor_name{"x"}, i, order(k)), virtual_thread(i)));
  return lower::interleave_threads(p);
}

constexpr bool keeps_every_value() {
  ir::program const p = two_rows();
  return !p.refused && ir::verify(p, ir::level::scheduled).empty() &&
         programs::same_outputs(p, programs::matmul(2, 4, 3));
}

constexpr bool each_thread_has_buffers_of_its_own() {
  ir::program const p = two_rows();
  for (ir::buffer const& b : p.buffers) {
    if (b.name == label{"x.cache"} && !(b.rank == 2 && ir::is_constant(p, b.extents[0], 2))) return false;
    if (b.name == label{"y.sum"} && !(b.rank == 2 && ir::is_constant(p, b.extents[0], 2))) return false;
  }
  return true;
}

constexpr bool threads_nest() {
  ir::program const plain = programs::matmul(2, 2, 3);
  ir::program const p = lower::interleave_threads(lower::apply(plain, steps(virtual_thread(i), virtual_thread(j))));
  return !p.refused && programs::same_outputs(p, plain) && !lower::has_virtual_threads(p);
}

constexpr bool a_program_without_threads_stays() {
  ir::program const p = programs::matmul(2, 2, 2);
  return lower::interleave_threads(p) == p;
}

/// Two loads that a unit does one after another stay together for each thread, although a buffer begins between them.
constexpr lower::machine toy = accelerator::machine_of<toys::machine>();
constexpr ir::program two_tiles(lower::machine const& on) {
  constexpr toys::matmul<4, 8, 8, true> op{};
  return lower::interleave_threads(lower::apply(stage(op), op.schedule(toys::machine{}), toy), on);
}
constexpr bool units_keep_what_each_thread_has_for_them() {
  ir::program const p = two_tiles(toy);
  int both = 0;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    ir::node const& n = p[id];
    if (n.what != ir::op::loop || p[n.a].what != ir::op::block) return;
    ir::node const& block = p[n.a];
    both += p[block.a].what == ir::op::tensorized && p[block.b].what == ir::op::tensorized;
  });
  return both == 1 && ir::verify(p, ir::level::scheduled).empty() &&
         programs::same_outputs(p, stage(toys::matmul<4, 8, 8>{}));
}

}  // namespace

TEST_CASE("interleave_threads keeps together what one unit does") {
  CHECK_BOTH(units_keep_what_each_thread_has_for_them());
}

TEST_CASE("interleave_threads") {
  CHECK_BOTH(keeps_every_value());
  CHECK_BOTH(each_thread_has_buffers_of_its_own());
  CHECK_BOTH(threads_nest());
  CHECK_BOTH(a_program_without_threads_stays());
  CHECK(show::loop_nest(two_rows()) == R"(allocate x.cache[2, 3] float
for k in 0..3  // x.cache
  for i in 0..2  // y
    x.cache[i, k] = x[i, k]
allocate y.sum[2, 4] float
for j in 0..4  // y
  for i in 0..2
    y.sum[i, j] = 0
for k in 0..3  // y
  for j in 0..4
    for i in 0..2
      y.sum[i, j] += x.cache[i, k] * w[k, j]
for j in 0..4  // y
  for i in 0..2
    y[i, j] = y.sum[i, j]
)");
}

TEST_CASE("interleave_threads refuses iterations that meet") {
  // Rows of bx are kept from one turn to the next.
  ir::program const p = lower::apply(
      programs::blur(4, 4), steps(compute_at(tensor_name{"bx"}, loop("by", "y")), store_root(tensor_name{"bx"}),
                                  slide(tensor_name{"bx"}), virtual_thread(loop("by", "y"))));
  REQUIRE(!p.refused);
  CHECK(lower::interleave_threads(p).refused.sentence == "virtual_thread(y): an iteration reads bx(y, x), which "
                                                         "another one writes; compute bx before the loop or inside it");
}
