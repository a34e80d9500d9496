#include <tenon/target/vta/timing.hpp>

#include "support/both.hpp"
#include "target/vta/small.hpp"

namespace {

using namespace tenon::vta;

constexpr configuration c = sizes_of<pynq>;

constexpr std::int64_t costs(instruction const& i, int latency = 32) {
  timing t{};
  t.read_latency = latency;
  return cycles_of(t, c, i);
}
constexpr instruction moves(std::int64_t which, std::int64_t rows, std::int64_t columns) {
  return {.op = which == memory::out ? std::int64_t{opcode::store} : std::int64_t{opcode::load},
          .memory_type = which,
          .y_size = rows,
          .x_size = columns,
          .x_stride = columns};
}
// Figures that the specification states, and its formulas by hand.
constexpr bool charges_what_was_measured() {
  instruction padded = moves(memory::inp, 14, 28);
  padded.y_pad_0 = padded.x_pad_0 = padded.x_pad_1 = 1;
  return costs(moves(memory::inp, 8, 14), 24) == 569 && costs(moves(memory::inp, 1, 112), 24) == 275 &&
         costs(padded) == 9 + 30 + 14 * (18 + 32 + 2 + 56) &&
         costs(moves(memory::wgt, 2, 9)) == 5 + 2 * (14 + 32 + 576) &&
         costs(moves(memory::acc, 1, 4)) == 11 + 18 + 32 + 32 && costs(moves(memory::uop, 1, 168)) == 17 + 32 + 168 &&
         costs(moves(memory::out, 7, 14)) == 3 + 7 * (13 + 16 + 28) &&
         costs({.op = opcode::gemm, .uop_end = 168, .iter_out = 14, .iter_in = 3}) == 19 + 168 * 42 &&
         costs({.op = opcode::alu, .uop_end = 4, .iter_out = 14, .iter_in = 14}) == 19 + 2 * 784;
}
constexpr bool charges_no_ops() {
  return costs(moves(memory::uop, 0, 0)) == 13 && costs(moves(memory::acc, 0, 0)) == 11 &&
         costs(moves(memory::inp, 0, 0)) == 9 && costs(moves(memory::wgt, 0, 0)) == 5 &&
         costs(moves(memory::out, 0, 0)) == 3 && costs({.op = opcode::gemm, .uop_begin = 1, .uop_end = 1}) == 13;
}
constexpr bool follows_the_tokens() {
  stream const s = small_stream();
  run_times const when = times_of(s);
  auto const& i = when.instructions;
  // 0 load uop, 1 load inp, 2 load wgt, 3 reset, 4 gemm, 5 shr, 6 store, 7 finish.
  bool const in_order = i[0].begin == 63 && i[1].begin == 66 && i[2].begin == i[1].end && i[3].begin == i[0].end &&
                        i[5].begin == i[4].end;
  bool const after_tokens = i[4].begin == (i[2].end + 2 > i[3].end ? i[2].end + 2 : i[3].end) &&
                            i[6].begin == i[5].end + 2 && i[7].begin == i[6].end + 2;
  return in_order && after_tokens && when.total == i[7].end && when.fault.empty() && when.multiplying == 4 &&
         when.busy[0] == i[2].end - i[1].begin && when.busy_permille(unit::store) == when.busy[2] * 1000 / when.total;
}
constexpr bool says_so_when_it_never_ends() {
  stream s = small_stream();
  s.instructions[2].push_next = 0;
  return times_of(s).fault == "the stream stops: 4 instructions wait for tokens for ever";
}
// A unit's instructions behind a full queue are fetched when the queue has room again.
bool waits_for_room_in_a_queue() {
  std::vector<instruction> all(600, instruction{.op = opcode::load, .memory_type = memory::inp});
  all.push_back({.op = opcode::finish});
  timing slow{};
  slow.inp.each = 100;
  run_times const when = times_of(all, c, slow);
  return when.instructions[600].begin == when.instructions[599 - command_queue_room].begin + 3 + 3;
}

TEST_CASE("timing") {
  CHECK_BOTH(charges_what_was_measured());
  CHECK_BOTH(charges_no_ops());
  CHECK_BOTH(follows_the_tokens());
  CHECK_BOTH(says_so_when_it_never_ends());
  CHECK(waits_for_room_in_a_queue());
}

}  // namespace
