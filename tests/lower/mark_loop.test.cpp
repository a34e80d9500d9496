#include <tenon/lower/mark_loop.hpp>

#include <string_view>

#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/split_loop.hpp>
#include <tenon/schedule/bind.hpp>
#include <tenon/schedule/parallel.hpp>
#include <tenon/schedule/serial.hpp>
#include <tenon/schedule/split.hpp>
#include <tenon/schedule/unroll.hpp>
#include <tenon/schedule/vectorize.hpp>
#include <tenon/schedule/virtual_thread.hpp>

using namespace tenon;

namespace {

constexpr ir::program marked(ir::program p, schedule const& all) {
  for (step const& s : all.steps) {
    if (!p.refused) p = lower::mark_loop(p, s);
  }
  return p;
}
constexpr ir::loop_kind kind(ir::program const& p, int axis) { return p.axes[static_cast<std::size_t>(axis)].kind; }

constexpr auto i = loop("i");
constexpr auto j = loop("j");
constexpr auto k = loop("k");

constexpr bool marks_each_kind() {
  using kinds = ir::loop_kind;
  ir::program const p = programs::matmul(4, 4, 4);
  return kind(marked(p, steps(unroll(i))), 1) == kinds::unrolled &&
         kind(marked(p, steps(vectorize(j))), 2) == kinds::vectorized &&
         kind(marked(p, steps(vectorize(k))), 3) == kinds::vectorized &&
         kind(marked(p, steps(parallel(i))), 1) == kinds::parallel &&
         kind(marked(p, steps(virtual_thread(i))), 1) == kinds::virtual_thread &&
         kind(marked(p, steps(bind(i, thread_y))), 1) == kinds::thread_y &&
         kind(marked(p, steps(bind(i, block_x), bind(j, thread_x))), 2) == kinds::thread_x &&
         kind(marked(p, steps(parallel(i), serial(i))), 1) == kinds::serial;
}
constexpr bool marks_every_copy() {
  ir::program p = lower::split_loop(programs::copy(13), split(i, 4, tail::peel));
  p = lower::mark_loop(p, vectorize(i.inner));
  int count = 0;
  for (ir::axis const& a : p.axes) count += a.kind == ir::loop_kind::vectorized;
  return !p.refused && count == 2;
}

std::string_view sentence(ir::program const& p) { return p.refused.sentence; }

}  // namespace

TEST_CASE("mark_loop") {
  CHECK_BOTH(marks_each_kind());
  CHECK_BOTH(marks_every_copy());
}

TEST_CASE("mark_loop refuses") {
  ir::program const p = programs::matmul(4, 4, 4);
  CHECK(sentence(marked(p, steps(parallel(k)))) == "parallel(k): the iterations of k add to one result, and several at "
                                                   "once would overwrite it; take a loop of y's own, "
                                                   "or rfactor(k) first");
  CHECK(sentence(marked(p, steps(bind(k, thread_x)))) ==
        "bind(k, thread_x): the iterations of k add to one result, and several at once would overwrite it; take a loop "
        "of y's own");
  CHECK(sentence(marked(p, steps(vectorize(k), vectorize(j)))) ==
        "vectorize(j): it stands around k, which is vectorized; reorder them, or take back that one with serial(k)");
  CHECK(sentence(marked(p, steps(vectorize(i), parallel(j)))) ==
        "parallel(j): it stands inside i, which is vectorized; reorder them, or take back that one with serial(i)");
  CHECK(sentence(marked(p, steps(parallel(i), parallel(j)))) ==
        "parallel(j): it stands inside i, which is parallel; reorder them, or take back that one with serial(i)");
  CHECK(sentence(marked(p, steps(bind(i, block_x), bind(j, block_x)))) ==
        "bind(j, block_x): it stands inside i, which is bound to block_x; reorder them, or take back that one with "
        "serial(i)");
  CHECK(sentence(marked(p, steps(bind(i, hardware_axis{"warp"})))) ==
        "bind(i, warp): there is no warp; there are block_x, block_y, block_z, thread_x, thread_y and thread_z");
  CHECK(sentence(marked(programs::matmul_of_rows(8, 4, 4), steps(vectorize(i)))) ==
        "vectorize(i): i runs M times, which only a kernel's caller knows; split it by a constant, and take i.inner");
}
