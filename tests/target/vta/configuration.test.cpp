#include <tenon/target/vta/configuration.hpp>

#include <string_view>

#include "support/both.hpp"

namespace {

using namespace tenon;
using namespace tenon::vta;

constexpr bool derives_the_default_sizes() {
  configuration const c = sizes_of<pynq>;
  return c.uop_bits() == 13 && c.inp_bits() == 11 && c.wgt_bits() == 10 && c.acc_bits() == 11 &&
         c.depth(memory::uop) == 8192 && c.depth(memory::inp) == 2048 && c.depth(memory::wgt) == 1024 &&
         c.depth(memory::acc) == 2048 && c.depth(memory::out) == 2048 && c.bytes(memory::uop) == 4 &&
         c.bytes(memory::inp) == 16 && c.bytes(memory::wgt) == 256 && c.bytes(memory::acc) == 64 &&
         c.bytes(memory::out) == 16 && c.bytes(memory::acc_8bit) == 16;
}
constexpr bool derives_the_batched_sizes() {
  configuration const c = sizes_of<pynq_batched>;
  return c.inp_bits() == 11 && c.wgt_bits() == 10 && c.acc_bits() == 11 && c.bytes(memory::inp) == 32 &&
         c.bytes(memory::wgt) == 64 && c.bytes(memory::acc) == 128;
}
constexpr bool knows_the_machines_that_differ() {
  return sizes_of<de10nano>.depth(memory::uop) == 2048 && sizes_of<de10nano>.uop_bits() == 13 &&
         sizes_of<fsim>.has_mul && !sizes_of<ultra96>.has_mul && sizes_of<zcu104> == sizes_of<pynq>;
}
constexpr bool refuses(configuration const& c, std::string_view sentence) { return why_not(c) == sentence; }

constexpr bool refuses_what_no_instruction_could_name() {
  return refuses({.log_inp_width = 2}, "configuration: inputs of 4 bits, weights of 8 and accumulators of 32; the "
                                       "machine here has 8, 8 and 32") &&
         refuses({.log_uop_buffer = 16},
                 "configuration: an index of 14 bits for micro-ops; word 0 of an instruction has room for 13") &&
         refuses({.log_uop_buffer = 10},
                 "configuration: with 8 bits for micro-ops, a field of word 1 would slip into word "
                 "0; take a larger uop buffer") &&
         refuses({.log_acc_buffer = 18},
                 "configuration: acc has an index of 12 bits; word 1 of an ALU instruction has room "
                 "for 11") &&
         refuses({.log_wgt_buffer = 19}, "configuration: indices of 11 (acc), 11 (inp) and 11 (wgt) bits; word 1 of a "
                                         "GEMM has room for 32 together") &&
         refuses({.log_inp_buffer = 14}, "configuration: inp has 1024 elements and acc 2048; inp may not have fewer") &&
         refuses({.log_block = 9},
                 "configuration: log2 of the elements of uop, inp, wgt and acc is 13, 6, 0, 6; each SRAM "
                 "holds two at least") &&
         refuses({.log_batch = -1}, "configuration: a GEMM block has at least one row and one column");
}
constexpr bool takes_the_blocks_that_were_run() {
  return why_not({.log_batch = 1}).empty() && why_not({.log_block = 5}).empty() && why_not({}).empty();
}

TEST_CASE("configuration") {
  CHECK_BOTH(derives_the_default_sizes());
  CHECK_BOTH(derives_the_batched_sizes());
  CHECK_BOTH(knows_the_machines_that_differ());
  CHECK_BOTH(refuses_what_no_instruction_could_name());
  CHECK_BOTH(takes_the_blocks_that_were_run());
}

}  // namespace
