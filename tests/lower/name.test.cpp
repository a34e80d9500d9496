#include <tenon/lower/name.hpp>

#include <string_view>

#include <tenon/schedule/compute_root.hpp>
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
constexpr bool says_each_name_once_while_there_is_room() {
  ir::program p = programs::blur(8, 8);
  bool const once = lower::find_axes(p, serial(loop("q")), loop("q")).refused.sentence ==
                    "serial(q): no loop is called q; the loops are y, x";
  for (int n = 0; n < 24; ++n) {
    label const name{text{} << "a_tensor_with_a_longer_name_" << n};
    p.add(ir::buffer{.name = name});
  }
  text const many = lower::refuse_unknown_tensor(p, compute_root(tensor_name{"q"})).refused.sentence;
  return once && many.size() < sizeof many.letters && std::string_view(many).ends_with(", ...");
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
  CHECK_BOTH(says_each_name_once_while_there_is_room());
  CHECK_BOTH(asks_which_stage());
  CHECK_BOTH(finds_buffers());
}

}  // namespace
