#pragma once

#include <cstdint>
#include <string_view>

#include <tenon/support/granted.hpp>
#include <tenon/support/text.hpp>

namespace tenon::vta {

/// The memories that a LOAD or STORE names. Plain numbers, so that a word that means nothing can be held and refused.
namespace memory {
enum kind : std::int64_t { uop, wgt, inp, acc, out, acc_8bit };
}

/// What a memory is called in sentences.
constexpr std::string_view name_of_memory(std::int64_t which) {
  constexpr std::string_view names[] = {"uop", "wgt", "inp", "acc", "out", "acc_8bit"};
  return which >= 0 && which < 6 ? names[which] : "unknown memory";
}

/// The sizes of one machine, most of them as their log2. An SRAM's element is a whole block.
///
///     struct small { static constexpr vta::configuration sizes{.log_block = 3}; };   // a configuration as a type
///     vta::sizes_of<small>                                                           // checked while compiling
struct configuration {
  int log_inp_width = 3;    // bits of an input
  int log_wgt_width = 3;    // bits of a weight
  int log_acc_width = 5;    // bits of an accumulator; an output is as wide as an input
  int log_batch = 0;        // rows of the GEMM block
  int log_block = 4;        // its columns, and what they are sums of
  int log_uop_buffer = 15;  // bytes of micro-ops
  int log_inp_buffer = 15;
  int log_wgt_buffer = 18;
  int log_acc_buffer = 17;
  bool short_uop_sram = false;  // holds 2048 micro-ops, whatever its size, as the Chisel design does
  bool has_mul = false;         // the ALU multiplies
  bool has_acc_8bit = false;    // LOAD ACC_8BIT widens bytes into accumulators

  constexpr int batch() const { return 1 << log_batch; }
  constexpr int block() const { return 1 << log_block; }

  /// The bits of an index into each SRAM: LU, LI, LW and LA.
  constexpr int uop_bits() const { return log_uop_buffer - 2; }
  constexpr int inp_bits() const { return log_inp_buffer - log_batch - log_block - log_inp_width + 3; }
  constexpr int wgt_bits() const { return log_wgt_buffer - 2 * log_block - log_wgt_width + 3; }
  constexpr int acc_bits() const { return log_acc_buffer - log_batch - log_block - log_acc_width + 3; }

  /// How many numbers one element of a memory is.
  constexpr std::int64_t numbers(std::int64_t which) const {
    switch (which) {
      case memory::uop: return 1;
      case memory::wgt: return std::int64_t{block()} * block();
      default: return std::int64_t{batch()} * block();
    }
  }
  /// How many bytes of DRAM one element of a memory is.
  constexpr std::int64_t bytes(std::int64_t which) const {
    return which == memory::uop || which == memory::acc ? 4 * numbers(which) : numbers(which);
  }
  /// How many elements an SRAM holds.
  constexpr std::int64_t depth(std::int64_t which) const {
    switch (which) {
      case memory::uop: return short_uop_sram && uop_bits() > 11 ? 2048 : std::int64_t{1} << uop_bits();
      case memory::wgt: return std::int64_t{1} << wgt_bits();
      case memory::inp: return std::int64_t{1} << inp_bits();
      default: return std::int64_t{1} << acc_bits();
    }
  }
  constexpr bool operator==(configuration const&) const = default;
};

/// Why no machine can have these sizes, or nothing: every field of every instruction has to find its place.
constexpr text why_not(configuration const& c) {
  int const u = c.uop_bits(), i = c.inp_bits(), w = c.wgt_bits(), a = c.acc_bits();
  text no{"configuration: "};
  if (c.log_inp_width != 3 || c.log_wgt_width != 3 || c.log_acc_width != 5) {
    return no << "inputs of " << (1 << c.log_inp_width) << " bits, weights of " << (1 << c.log_wgt_width)
              << " and accumulators of " << (1 << c.log_acc_width) << "; the machine here has 8, 8 and 32";
  }
  if (c.log_batch < 0 || c.log_block < 0) return no << "a GEMM block has at least one row and one column";
  if (u < 1 || i < 1 || w < 1 || a < 1) {
    return no << "log2 of the elements of uop, inp, wgt and acc is " << u << ", " << i << ", " << w << ", " << a
              << "; each SRAM holds two at least";
  }
  if (u > 13) return no << "an index of " << u << " bits for micro-ops; word 0 of an instruction has room for 13";
  if (37 + 2 * u + a <= 64) {
    return no << "with " << u
              << " bits for micro-ops, a field of word 1 would slip into word 0; take a larger uop buffer";
  }
  if (4 * a + 20 > 64)
    return no << "acc has an index of " << a << " bits; word 1 of an ALU instruction has room for 11";
  if (2 * (a + i + w) > 64) {
    return no << "indices of " << a << " (acc), " << i << " (inp) and " << w
              << " (wgt) bits; word 1 of a GEMM has room for 32 together";
  }
  if (i < a) return no << "inp has " << (1 << i) << " elements and acc " << (1 << a) << "; inp may not have fewer";
  if (a + i + w > 32) return no << "a micro-op would need " << (a + i + w) << " bits; it has 32";
  return {};
}

/// The default sizes: 1 x 16 x 16, and the Pynq board's.
struct pynq {
  static constexpr configuration sizes{};
};
struct ultra96 : pynq {};
struct zcu104 : pynq {};
/// The Chisel design as it decodes instructions: the default sizes with a short micro-op SRAM.
struct de10nano {
  static constexpr configuration sizes{.short_uop_sram = true};
};
/// The functional simulator, which has instructions that no board has.
struct fsim {
  static constexpr configuration sizes{.has_mul = true, .has_acc_8bit = true};
};
/// The batched Pynq: 4 x 8 x 8.
struct pynq_batched {
  static constexpr configuration sizes{
      .log_batch = 2, .log_block = 3, .log_inp_buffer = 16, .log_wgt_buffer = 16, .log_acc_buffer = 18};
};

namespace detail {

template <class Machine>
inline constexpr text unfit = why_not(Machine::sizes);

template <class Machine>
struct checked {
  TENON_GRANT(unfit<Machine>, Machine);
  static constexpr configuration const& sizes = Machine::sizes;
};

}  // namespace detail

/// The sizes of a machine that is a type. The compiler stops with a sentence where no machine can have them.
template <class Machine>
inline constexpr configuration const& sizes_of = detail::checked<Machine>::sizes;

}  // namespace tenon::vta
