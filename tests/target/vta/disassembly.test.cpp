#include <tenon/target/vta/disassembly.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon::vta;

constexpr stream small() {
  stream s{};
  for (int n = 0; n < 3; ++n) s.micro_ops.push_back({4 * n, 2 * n, 0});
  s.micro_ops.push_back({0, 0, 7});
  s.instructions = {
      {.op = opcode::load, .memory_type = memory::uop, .y_size = 1, .x_size = 4},
      {.op = opcode::load, .push_next = 1, .memory_type = memory::inp, .dram_base = 16, .y_size = 1, .x_size = 8},
      {.op = opcode::gemm, .pop_prev = 1, .uop_end = 4, .iter_out = 1, .iter_in = 1},
      {.op = opcode::finish},
  };
  return s;
}
constexpr bool lists_a_stream() {
  return disassembly(small()) == "   0 compute load uop[0..4) from 0: 1 x 4\n"
                                 "             uops[0..3) dst 0 +4, src 0 +2, wgt 0\n"
                                 "             uops[3..4) dst 0, src 0, wgt 7\n"
                                 "   1 load    load inp[0..8) from 16: 1 x 8; signals compute\n"
                                 "   2 compute gemm uops[0..4) x 1 x 1; waits load\n"
                                 "   3 compute finish\n";
}
constexpr bool says_so_where_micro_ops_are_missing() {
  stream s = small();
  s.micro_ops.pop_back();
  return disassembly(s).find("uops that the stream does not hold") != std::string::npos;
}
constexpr bool lists_fields() {
  return layout(sizes_of<pynq>, opcode::finish) == "2:0      opcode         what to do\n"
                                                   "3:3      pop_prev       first take a token from the unit before\n"
                                                   "4:4      pop_next       first take a token from the unit behind\n"
                                                   "5:5      push_prev      then give a token to the unit before\n"
                                                   "6:6      push_next      then give a token to the unit behind\n";
}

// Not in the compiler: clang 19 cannot evaluate the strings of libstdc++ 12.
TEST_CASE("disassembly") {
  CHECK_RUN(lists_a_stream());
  CHECK_RUN(says_so_where_micro_ops_are_missing());
  CHECK_RUN(lists_fields());
}

}  // namespace
