#include <tenon/target/vta/check_loops.hpp>

#include <string_view>

#include "support/both.hpp"
#include "target/vta/convolution.hpp"
#include "target/vta/small.hpp"

namespace {

using namespace tenon::vta;

// The small stream with loop `at` run through other turns.
constexpr stream with_loop(std::size_t at, std::int64_t out, std::int64_t in, std::int64_t dst_out,
                           std::int64_t dst_in) {
  stream s = small_stream();
  instruction& i = s.instructions[at];
  i.iter_out = out;
  i.iter_in = in;
  i.dst_factor_out = dst_out;
  i.dst_factor_in = dst_in;
  if (i.op == opcode::alu) {
    i.src_factor_out = dst_out;
    i.src_factor_in = dst_in;
  }
  return s;
}
constexpr bool refuses(stream const& s, std::string_view words) { return says(check_loops(s).sentence, words); }

constexpr bool grants_what_is_right() { return !check_loops(small_stream()); }
constexpr bool counts_iterations_across_loops() {
  return refuses(with_loop(4, 1, 4, 0, 0), "reads acc[0] within two iterations of the one that writes it") &&
         refuses(with_loop(4, 3, 2, 0, 1), "reads acc[0] within two") && !check_loops(with_loop(4, 2, 3, 0, 1)) &&
         refuses(with_loop(5, 2, 8, 7, 1), "reads acc[7] within two") && !check_loops(with_loop(5, 2, 8, 5, 1)) &&
         refuses(with_loop(4, 3, 1, 0, 0), "reads acc[0] within two") && !check_loops(with_loop(3, 1, 4, 0, 0));
}
constexpr bool compares_src_with_what_was_written() {
  stream s = small_stream();
  instruction& i = s.instructions[5];
  i.use_imm = i.imm = 0;
  i.alu_opcode = tenon::vta::alu::add;
  i.iter_in = 10;
  i.src_factor_in = 0;
  i.uop_begin = 1;  // src 4: acc[4] is read throughout and written in the fifth iteration
  i.uop_end = 2;
  bool const met = refuses(s, "reads acc[4] within two");
  s.instructions[5].iter_in = 4;
  return met && !check_loops(s);
}
constexpr bool refuses_what_is_outside() {
  stream s = small_stream();
  s.instructions[0].x_size = 1;
  s.instructions[4].uop_end = 2;
  return refuses(with_loop(4, 2, 17, 0, 2), "touches acc[0..33); acc has 32 elements") &&
         refuses(s, "instruction 4 (gemm uops[0..2) x 1 x 4, dst +0 +1, src +0 +1; waits load): its micro-ops were not "
                    "all loaded");
}
constexpr bool refuses_what_machines_read_differently() {
  stream src = small_stream();
  src.instructions[5].uop_begin = 1;
  src.instructions[5].uop_end = 2;
  stream wgt = small_stream();
  wgt.micro_ops[1] = {0, 0, 3};
  wgt.instructions[5].uop_begin = 1;
  wgt.instructions[5].uop_end = 2;
  stream before = small_stream();
  before.instructions[0].sram_base = -1;
  before.instructions[4].uop_begin = -3;
  if (!refuses(before, "instruction 0 (load uop[-1..1) from 0: 1 x 2): sram_base is -1; it may be 0 to 65535"))
    return false;
  stream shift = small_stream();
  shift.instructions[5].imm = 16;
  return refuses(src, "has an immediate, and a micro-op src 4 and dst 0; some machines read src") &&
         refuses(wgt, "a micro-op has wgt 3; in ALU it is 0") && refuses(shift, "a shift by 16");
}
// What it says about loops is what the machine says that goes through all of them.
bool agrees_with_the_machine() {
  dice d{};
  int refused = 0, granted = 0;
  for (int n = 0; n < 400; ++n) {
    stream s = with_loop(4, 1 + d.below(4), 1 + d.below(8), d.below(3), d.below(3));
    s.micro_ops = {{static_cast<int>(d.below(3)), 0, 0}, {static_cast<int>(d.below(4)), 0, 0}};
    s.instructions[4].uop_end = 1 + d.below(2);
    s.instructions[4].src_factor_in = 0;
    s.instructions[3] = s.instructions[4];
    s.instructions[3].reset = 1;
    s.instructions[3].pop_prev = 0;
    bool const fine = !refuses(s, "within two");
    bool const machine = !says(wrong_with(s), "three at least have to lie between");
    if (fine != machine) return false;
    (fine ? granted : refused) += 1;
  }
  return refused > 50 && granted > 50;
}

TEST_CASE("check_loops") {
  CHECK_BOTH(grants_what_is_right());
  CHECK_BOTH(counts_iterations_across_loops());
  CHECK_BOTH(compares_src_with_what_was_written());
  CHECK_BOTH(refuses_what_is_outside());
  CHECK_BOTH(refuses_what_machines_read_differently());
  CHECK(agrees_with_the_machine());
  for (layer const& l : resnet18) CHECK(!check_loops(convolution(l, 2)));
}

}  // namespace
