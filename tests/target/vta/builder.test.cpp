#include <tenon/target/vta/builder.hpp>

#include "support/both.hpp"
#include "target/vta/small.hpp"

namespace {

using namespace tenon::vta;

constexpr std::vector<micro_op> one(int dst, int src) { return {{dst, src, 0}}; }

constexpr bool writes_what_a_person_would() {
  builder b(tiny::sizes, 0);
  b.load(memory::inp, 0, {.dram = inp_at, .columns = 4});
  b.load(memory::wgt, 0, {.dram = wgt_at, .columns = 1});
  b.reset(one(0, 0), {.in = 4, .dst_in = 1});
  b.gemm(one(0, 0), {.in = 4, .dst_in = 1, .src_in = 1});
  b.alu_immediate(alu::shr, 1, one(0, 0), {.in = 4, .dst_in = 1});
  b.store(0, {.dram = out_at, .rows = 2, .columns = 2, .stride = 2});
  stream const s = b.finish();
  stream expected = small_stream();
  expected.micro_ops.pop_back();
  expected.instructions[0].x_size = expected.instructions[0].x_stride = 1;
  for (instruction& i : expected.instructions) {
    if (i.op == opcode::load && i.memory_type == memory::wgt) i.x_stride = 1;
  }
  // The builder loads micro-ops where they are first used.
  instruction const uops = expected.instructions[0];
  expected.instructions[0] = expected.instructions[1];
  expected.instructions[1] = expected.instructions[2];
  expected.instructions[2] = uops;
  return b.wrong().empty() && s == expected;
}
constexpr bool loads_each_list_once() {
  builder b(tiny::sizes, 16);
  b.reset(one(0, 0), {});
  b.reset(one(1, 0), {});
  b.reset(one(0, 0), {});
  stream const s = b.finish();
  return s.instructions.size() == 6 && s.micro_ops.size() == 2 && s.instructions[2].dram_base == 17 &&
         s.instructions[3].uop_begin == 1 && s.instructions[4].uop_begin == 0;
}
// A list that does not fit behind the others takes their place, and they are loaded again.
bool starts_again_where_micro_ops_are_full() {
  builder b(tiny::sizes, 0);
  std::vector<micro_op> large{};
  for (int n = 0; n < 8000; ++n) large.push_back({n % 32, 0, 0});
  b.reset(large, {});
  large.pop_back();
  b.reset(large, {});
  large.push_back({31, 0, 0});
  b.reset(large, {});
  stream const s = b.finish();
  return b.wrong().empty() && s.micro_ops.size() == 8000 + 7999 && s.instructions.size() == 7 &&
         s.instructions[2].sram_base == 0 && s.instructions[4].dram_base == 0;
}
constexpr bool keeps_the_first_thing_wrong() {
  builder b(tiny::sizes, 0);
  b.alu_immediate(alu::shr, 40, one(0, 0), {});
  b.load(memory::inp, 30, {.columns = 3});
  builder c(tiny::sizes, 0);
  c.gemm(one(32, 0), {});
  return b.wrong() == "a shift by 40; machines agree on -15 to 15, take two shifts" &&
         c.wrong() == "micro-op: dst is 32; it may be 0 to 31";
}

constexpr bool wants_elements_where_they_may_begin() {
  builder b(sizes_of<pynq>, 0), c(sizes_of<pynq>, 0);
  bool const right = b.at_byte(memory::wgt, 512) == 2 && b.at_byte(memory::out, 4096) == 256 && b.wrong().empty();
  static_cast<void>(c.at_byte(memory::wgt, 128));
  return right && c.wrong() == "byte 128 of DRAM is no multiple of 256, an element of wgt";
}

TEST_CASE("builder") {
  CHECK_BOTH(wants_elements_where_they_may_begin());
  CHECK_BOTH(writes_what_a_person_would());
  CHECK_BOTH(loads_each_list_once());
  CHECK_BOTH(keeps_the_first_thing_wrong());
  CHECK(starts_again_where_micro_ops_are_full());
}

}  // namespace
