#include <tenon/lower/name.hpp>

#include <tenon/schedule/serial.hpp>

#include "support/loops.hpp"
#include "support/programs.hpp"
#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool finds_a_loop() {
  ir::program const p = programs::matmul(4, 6, 8);
  return lower::find_axes(p, serial(loop("j")), loop("j")).axes.size() == 1;
}
constexpr bool says_which_loops_there_are() {
  ir::program const p = programs::matmul(4, 6, 8);
  return lower::find_axes(p, serial(loop("q")), loop("q")).refused.sentence ==
         "serial(q): no loop is called q; the loops are i, j, k";
}
constexpr bool asks_which_stage() {
  ir::program const p = programs::blur(8, 8);
  return lower::find_axes(p, serial(loop("x")), loop("x")).refused.sentence ==
         "serial(x): several stages have a loop called x; say which: bx[x] or by[x]";
}
constexpr bool finds_buffers() {
  ir::program const p = programs::matmul(4, 6, 8);
  return lower::find_buffer(p, {"w"}) != ir::buffer_id::none && lower::find_buffer(p, {"v"}) == ir::buffer_id::none;
}

TEST_CASE("name") {
  CHECK_BOTH(finds_a_loop());
  CHECK_BOTH(says_which_loops_there_are());
  CHECK_BOTH(asks_which_stage());
  CHECK_BOTH(finds_buffers());
}

}  // namespace
