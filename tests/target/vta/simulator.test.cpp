#include <tenon/target/vta/simulator.hpp>

#include <string_view>

#include <tenon/target/vta/builder.hpp>
#include <tenon/target/vta/check_stream.hpp>
#include <tenon/target/vta/timing.hpp>

#include "support/both.hpp"
#include "target/vta/dice.hpp"
#include "target/vta/small.hpp"

namespace {

using namespace tenon;
using namespace tenon::vta;

constexpr bool has_the_products(std::vector<std::uint8_t> const& dram) {
  for (int x = 0; x < 4; ++x) {
    int const a = 2 * x + 1, b = -(2 * x + 2);
    int const first = (3 * a + 4 * b) >> 1, second = (5 * a + 6 * b) >> 1;
    auto const at = static_cast<std::size_t>(128 + 2 * x);
    if (dram[at] != static_cast<std::uint8_t>(first) || dram[at + 1] != static_cast<std::uint8_t>(second)) return false;
  }
  return true;
}
constexpr bool multiplies(mode how, std::uint64_t seed) {
  stream const s = small_stream();
  std::vector<std::uint8_t> dram = small_image(s);
  return !carry_out(s, dram, how, seed) && has_the_products(dram);
}
constexpr bool multiplies_in_any_order() {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    if (!multiplies(mode::strict, seed)) return false;
  }
  return multiplies(mode::permissive, 0) && multiplies(mode::permissive, 3);
}

// The small stream with one instruction changed.
template <class Change>
constexpr stream with(std::size_t at, Change change) {
  stream s = small_stream();
  change(s.instructions[at]);
  return s;
}
constexpr stream with(std::size_t at, std::int64_t instruction::* member, std::int64_t value) {
  return with(at, [&](instruction& i) { i.*member = value; });
}
constexpr stream without(std::size_t at) {
  stream s = small_stream();
  s.instructions.erase(s.instructions.begin() + static_cast<std::ptrdiff_t>(at));
  return s;
}
// The small stream without the token from instruction `giver` to instruction `taker`.
constexpr stream untied(std::size_t giver, std::size_t taker, queue q) {
  stream s = small_stream();
  s.instructions[giver].*giving_flag(q) = 0;
  s.instructions[taker].*taking_flag(q) = 0;
  return s;
}

using i = instruction;

constexpr bool refuses_what_the_pipeline_cannot_do() {
  return says(wrong_with(with(4, &i::dst_factor_in, 0)), "instruction 4 (gemm uops[0..1) x 1 x 4, src +0 +1; waits "
                                                         "load): reads acc[0] one iteration behind the one that "
                                                         "writes it; three at least have to lie between") &&
         says(wrong_with(with(4, [](i& g) { g.iter_out = g.iter_in = 2; })), "reads acc[0] two iterations behind") &&
         says(wrong_with(with(5, [](i& a) { a.alu_opcode = alu::add, a.use_imm = 0, a.imm = 0, a.src_factor_in = 0; })),
              "reads acc[0] one iteration behind") &&
         !says(wrong_with(with(3, &i::dst_factor_in, 0)), "iteration");  // a reset reads nothing
}
constexpr bool refuses_what_nobody_wrote() {
  return says(wrong_with(with(4, &i::src_factor_in, 2)), "reads inp[4], which nothing has written") &&
         says(wrong_with(with(4, &i::wgt_factor_in, 1)), "reads wgt[1], which nothing has written") &&
         says(wrong_with(with(3, &i::iter_in, 3)), "reads acc[3], which nothing has written") &&
         says(wrong_with(with(4, &i::uop_end, 3)), "reads uop[2], which nothing has written") &&
         says(wrong_with(with(6, &i::y_size, 3)), "reads out[4], which nothing has written");
}
constexpr bool refuses_to_store_what_did_not_reach_out() {
  stream after_reset = small_stream();
  after_reset.instructions[3].push_next = 1;
  after_reset.instructions[5] = {
      .op = opcode::gemm, .push_next = 1, .reset = 1, .uop_end = 1, .iter_out = 1, .iter_in = 1};
  after_reset.instructions[3].push_next = 0;
  stream after_load = small_stream();
  after_load.instructions[5] = {
      .op = opcode::load, .push_next = 1, .memory_type = memory::acc, .dram_base = acc_at, .y_size = 1, .x_size = 4};
  std::string_view const words = "stores out[0], whose accumulator was last set by a load or a reset";
  return says(wrong_with(after_reset), words) && says(wrong_with(after_load), words) &&
         wrong_with(after_load, mode::permissive).empty();
}
constexpr bool refuses_what_is_outside() {
  return says(wrong_with(with(3, &i::dst_factor_in, 16)), "touches acc[32]; acc has 32 elements") &&
         says(wrong_with(with(4, &i::src_factor_in, 31), mode::permissive), "touches inp[62]; inp has 32 elements") &&
         says(wrong_with(with(6, &i::dram_base, 126)), "touches byte 256 of DRAM, which has 256") &&
         says(wrong_with(with(1, &i::x_size, 33), mode::permissive), "goes beyond the 32 elements of inp") &&
         says(wrong_with(with(1, &i::x_size, 33)), "inp[0..33) is outside; inp has 32 elements");
}
constexpr bool refuses_shifts_that_machines_disagree_on() {
  stream s = small_stream();
  i& shift = s.instructions[5];
  shift.use_imm = shift.imm = 0;  // by itself: products are negative
  return says(wrong_with(s), "shifts by -5, which acc[0] holds; machines agree on 0 to 15");
}
constexpr bool refuses_what_the_table_of_flaws_knows() {
  return says(wrong_with(with(5, &i::alu_opcode, alu::mul)), "instruction 5") &&
         says(wrong_with(with(5, &i::alu_opcode, alu::mul)), "this machine has no mul") &&
         wrong_with(with(5, &i::alu_opcode, alu::mul), mode::permissive).empty() &&
         says(wrong_with(with(1, &i::push_prev, 1), mode::permissive), "nothing stands before load");
}
constexpr bool needs_no_memory_for_what_is_not_read() {
  stream const s = with(3, [](i& r) { r.src_factor_in = 31; });  // of a reset
  return wrong_with(s).empty() && says(wrong_with(with(1, &i::sram_base, -1), mode::permissive), "sram_base is -1") &&
         !wrong_with(with(4, &i::uop_begin, -1)).empty();
}
constexpr bool refuses_an_immediate_with_another_src() {
  stream weight = with(5, [](i& a) { a.uop_begin = 1, a.uop_end = 2; });
  weight.micro_ops[1] = {0, 0, 2};
  if (!says(wrong_with(weight), "micro-op 1 has wgt 2; in ALU it is 0")) return false;
  return says(wrong_with(with(5, [](i& a) { a.uop_begin = 1, a.uop_end = 2; })),
              "has an immediate, and micro-op 1 another src than dst; some machines read src");
}

constexpr bool names_both_where_a_token_is_missing() {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    text const loading = wrong_with(untied(2, 4, queue::load_to_compute), mode::strict, seed);
    text const storing = wrong_with(untied(5, 6, queue::compute_to_store), mode::strict, seed);
    bool const named =
        says(loading, "1 (load inp") || says(loading, "2 (load wgt") || says(loading, "nothing has written");
    bool const stored = says(storing, "6 (store") && (says(storing, "5 (shr") || says(storing, "has written") ||
                                                      says(storing, "by a load or a reset"));
    if (!named || !says(loading, "4 (gemm") || !stored) return false;
  }
  return says(wrong_with(untied(2, 4, queue::load_to_compute)),
              "reads inp[0], which 1 (load inp[0..4) from 8: 1 x 4) writes, and no token orders the two");
}
constexpr bool names_both_where_something_is_overwritten() {
  stream s = small_stream();
  i again = s.instructions[1];
  again.push_next = 1;
  s.instructions.insert(s.instructions.begin() + 5, again);
  s.instructions.back().pop_prev = 1;
  return says(wrong_with(s),
              "writes inp[0], which 4 (gemm uops[0..1) x 1 x 4, dst +0 +1, src +0 +1; waits load) reads, and no "
              "token orders the two");
}
constexpr bool names_both_where_dram_is_written_and_read() {
  stream s = small_stream();
  s.instructions.insert(s.instructions.begin() + 7, {.op = opcode::load,
                                                     .push_next = 1,
                                                     .memory_type = memory::inp,
                                                     .sram_base = 8,
                                                     .dram_base = out_at,
                                                     .y_size = 1,
                                                     .x_size = 1});
  s.instructions.back().pop_prev = 1;
  return says(wrong_with(s), "reads DRAM in out elements, [64], which 6 (store");
}
constexpr bool names_both_in_a_deadlock() {
  stream s = small_stream();
  s.instructions[1].pop_next = 1;   // load waits for compute,
  s.instructions[5].push_prev = 1;  // which gives only behind what waits for load
  return wrong_with(s) ==
             "instruction 1 (load inp[0..4) from 8: 1 x 4; waits compute) waits for a token from compute, which "
             "itself waits at 4 (gemm uops[0..1) x 1 x 4, dst +0 +1, src +0 +1; waits load); nothing goes on" &&
         wrong_with(with(2, &i::push_next, 0)) == "instruction 4 (gemm uops[0..1) x 1 x 4, dst +0 +1, src +0 +1; waits "
                                                  "load) waits for a token from load, which "
                                                  "ended with 2 (load wgt[0..1) from 8: 1 x 1)" &&
         !wrong_with(with(2, &i::push_next, 0), mode::permissive).empty();
}
constexpr bool names_both_where_a_token_is_left() {
  return wrong_with(with(1, &i::push_next, 1)) ==
             "instruction 2 (load wgt[0..1) from 8: 1 x 1; signals compute): compute never takes its token; the last "
             "that it "
             "takes is for 4 (gemm uops[0..1) x 1 x 4, dst +0 +1, src +0 +1; waits load)" ||
         says(wrong_with(with(1, &i::push_next, 1)), "no token orders the two");
}
constexpr bool leaves_tokens_to_the_next_launch_where_that_is_allowed() {
  stream const s = with(4, &i::push_prev, 1);
  return says(wrong_with(s), "load never takes its token, and takes none") && wrong_with(s, mode::permissive).empty();
}
constexpr bool wants_one_finish_at_the_end() {
  stream twice = small_stream();
  twice.instructions.push_back({.op = opcode::finish});
  stream early = small_stream();
  early.instructions[6].push_prev = 0;
  early.instructions[7].pop_next = 0;
  return says(wrong_with(without(7)), "a stream ends with its only finish") &&
         says(wrong_with(twice), "a stream ends with its only finish") &&
         says(wrong_with(early), "instruction 7 (finish) does not wait for 6 (store") &&
         says(wrong_with(early, mode::strict, 5), "instruction 7 (finish) does not wait for 6 (store");
}
constexpr bool keeps_its_memories_between_launches() {
  stream const first = small_stream();
  stream second = small_stream();
  second.instructions.erase(second.instructions.begin());  // the micro-ops are there already
  std::vector<std::uint8_t> dram = small_image(first);
  simulator machine(first.sizes);
  if (machine.run(first.instructions, dram)) return false;
  for (std::size_t at = 128; at < 136; ++at) dram[at] = 0;
  return !machine.run(second.instructions, dram) && has_the_products(dram) && machine.sram().uop.size() == 2;
}

// Blocks of other sizes: 3 inputs times 2 weights, each sum against a plain one.
bool multiplies_blocks_of(configuration const& c) {
  dice d{};
  std::int64_t const batch = c.batch(), block = c.block();
  builder b(c, 0);
  std::vector<micro_op> ops{};
  for (int w = 0; w < 2; ++w) {
    for (int x = 0; x < 3; ++x) ops.push_back({3 * w + x, x, w});
  }
  b.reset(ops, {});
  b.load(memory::inp, 0, {.dram = 4096 / c.bytes(memory::inp), .columns = 3});
  b.load(memory::wgt, 0, {.dram = 8192 / c.bytes(memory::wgt), .columns = 2});
  b.gemm(ops, {});
  for (micro_op& u : ops) u = {u.dst, u.dst, 0};
  b.alu_immediate(alu::shr, 6, ops, {});
  b.store(0, {.dram = 16384 / c.bytes(memory::out), .columns = 6});
  stream const s = b.finish();
  std::vector<std::uint8_t> dram(32 * 1024);
  for (std::size_t n = 4096; n < 16384; ++n) dram[n] = static_cast<std::uint8_t>(d.below(256));
  write_micro_ops(s, dram);
  simulator machine(c);
  if (!b.wrong().empty() || machine.run(s.instructions, dram, 3)) return false;
  auto const number = [&](std::int64_t at) {
    return int{static_cast<std::int8_t>(dram[static_cast<std::size_t>(at)])};
  };
  for (std::int64_t w = 0; w < 2; ++w) {
    for (std::int64_t row = 0; row < 3 * batch; ++row) {
      for (std::int64_t o = 0; o < block; ++o) {
        int sum = 0;
        for (std::int64_t k = 0; k < block; ++k)
          sum += number(4096 + row * block + k) * number(8192 + (w * block + o) * block + k);
        if (number(16384 + (w * 3 * batch + row) * block + o) != static_cast<std::int8_t>(sum >> 6)) return false;
      }
    }
  }
  return true;
}

// Whatever the bits say, every machine and every proof has an answer; sanitizers look on.
bool survives_random_bits() {
  dice d{.state = 3};
  int carried_out = 0, strictly = 0;
  for (int n = 0; n < 3000; ++n) {
    stream s = small_stream();
    for (int added = 0; added < 3; ++added) {
      i random = random_instruction(s.sizes, d);
      // Short loops and transfers, most of them without tokens, so that some streams come to their end.
      random.iter_out %= 3;
      random.iter_in %= 3;
      random.uop_begin %= 3;
      random.uop_end %= 4;
      random.x_size %= 6;
      random.y_size %= 3;
      random.dram_base %= 70;
      if (d.below(4) != 0) random.pop_prev = random.pop_next = random.push_prev = random.push_next = 0;
      if (d.below(2) != 0 && random.is_dma()) random.sram_base %= 24;
      s.instructions.insert(s.instructions.begin() + d.below(std::ssize(s.instructions)), random);
    }
    if (n % 2 == 0) {  // or one field of a right stream
      s = small_stream();
      i& changed = s.instructions[static_cast<std::size_t>(d.below(std::ssize(s.instructions)))];
      instruction_field const& f = instruction_fields[d.below(std::ssize(instruction_fields))];
      if (has_field(f, changed.op)) changed.*f.member = d.below(4);
    }
    text const no = check_stream(s).sentence;
    bool const is_proved = no.empty() || says(no, "micro-ops were not all loaded");  // the machine finds bytes there
    bool const is_strict = wrong_with(s).empty(), is_permissive = wrong_with(s, mode::permissive).empty();
    carried_out += is_permissive ? 1 : 0;
    strictly += is_strict ? 1 : 0;
    run_times const when = times_of(s);
    if (is_strict && !(is_proved && is_permissive && when.fault.empty())) return false;
  }
  return carried_out > 20 && strictly > 0;
}

bool stops_fetching_at_a_full_queue() {
  stream s = small_stream();
  i wait{.op = opcode::load, .memory_type = memory::inp};
  // More no-ops of load than its queue has room for, the first of which waits for compute.
  for (int n = 0; n < command_queue_room + 1; ++n) { s.instructions.insert(s.instructions.begin(), wait); }
  s.instructions[0].pop_next = 1;
  for (std::size_t at = 1; at < s.instructions.size(); ++at) {
    if (s.instructions[at].op == opcode::gemm && s.instructions[at].reset != 0) s.instructions[at].push_prev = 1;
  }
  text const no = wrong_with(s);
  return says(no, "is not fetched while a queue of 512 is full") && says(no, "instruction 0 (load inp nothing");
}
bool counts_the_tokens_under_way() {
  stream s = small_stream();
  for (int n = 0; n < 2 * token_queue_room; ++n) {
    s.instructions.insert(s.instructions.begin(), {.op = opcode::load, .push_next = 1, .memory_type = memory::inp});
    s.instructions.insert(s.instructions.begin() + n + 1,
                          {.op = opcode::load, .pop_prev = 1, .memory_type = memory::uop});
  }
  bool seen = false;
  for (std::uint64_t seed = 0; seed < 30 && !seen; ++seed) {
    seen = says(wrong_with(s, mode::strict, seed), "more than 255 tokens are under way to compute");
  }
  return seen;
}

TEST_CASE("simulator") {
  CHECK_BOTH(multiplies(mode::strict, 0));
  CHECK_BOTH(multiplies_in_any_order());
  CHECK_BOTH(refuses_what_the_pipeline_cannot_do());
  CHECK_BOTH(refuses_what_nobody_wrote());
  CHECK_BOTH(refuses_to_store_what_did_not_reach_out());
  CHECK_BOTH(refuses_what_is_outside());
  CHECK_BOTH(refuses_shifts_that_machines_disagree_on());
  CHECK_BOTH(refuses_what_the_table_of_flaws_knows());
  CHECK_BOTH(needs_no_memory_for_what_is_not_read());
  CHECK_BOTH(refuses_an_immediate_with_another_src());
  CHECK_BOTH(names_both_in_a_deadlock());
  CHECK_BOTH(names_both_where_a_token_is_missing());
  CHECK_BOTH(names_both_where_something_is_overwritten());
  CHECK_BOTH(names_both_where_dram_is_written_and_read());
  CHECK_BOTH(names_both_where_a_token_is_left());
  CHECK_BOTH(leaves_tokens_to_the_next_launch_where_that_is_allowed());
  CHECK_BOTH(wants_one_finish_at_the_end());
  CHECK_BOTH(keeps_its_memories_between_launches());
  CHECK(multiplies_blocks_of(sizes_of<pynq>));
  CHECK(multiplies_blocks_of(sizes_of<pynq_batched>));
  CHECK(multiplies_blocks_of({.log_block = 5}));
  CHECK(multiplies_blocks_of({.log_batch = 1}));
  CHECK(survives_random_bits());
  CHECK(stops_fetching_at_a_full_queue());
  CHECK(counts_the_tokens_under_way());
}

}  // namespace
