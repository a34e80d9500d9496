#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <tenon/language.hpp>
#include <tenon/language/immediate.hpp>
#include <tenon/schedule/instruction_list.hpp>
#include <tenon/schedule/target.hpp>
#include <tenon/target/vta/instruction.hpp>

/// VTA as schedules and steps see it: the description by which operators become its instructions.
namespace tenon::vta {

/// The memories that a schedule names: inputs, weights, and the accumulators, in which all is computed.
inline constexpr space inp{"inp"};
inline constexpr space wgt{"wgt"};
inline constexpr space acc{"acc"};

/// What an instruction of the description is on the machine.
struct meaning {
  opcode::kind op = opcode::load;
  std::int64_t which = 0;  // the memory of a LOAD or STORE, the operation of an ALU instruction
  bool is_immediate = false;
  bool is_reset = false;
};

/// The instructions, each by what it does to one block of B numbers, or of B x B weights. In loops around that each repeats
/// itself: a LOAD or STORE in rows and columns, the others in two loops and a list of micro-ops.
/// (Arrays have their lengths written: nvcc does not count those of templates.)
namespace described {

inline constexpr int most_loops = 8;

template <int B>
struct load_inp {
  static constexpr label name = "load_inp", unit = "load";
  static constexpr vta::meaning means{opcode::load, memory::inp};
  static constexpr space memories[2]{inp, space::main};
  static constexpr int loops_around = most_loops;
  static constexpr bool pads = true;
  axis<"c", B> c;
  tensor<"to", std::int8_t, B> to;
  tensor<"from", std::int8_t, B> from;

  constexpr auto define() const { return to(c) = from(c); }
};

template <int B>
struct load_wgt {
  static constexpr label name = "load_wgt", unit = "load";
  static constexpr vta::meaning means{opcode::load, memory::wgt};
  static constexpr space memories[2]{wgt, space::main};
  static constexpr int loops_around = most_loops;
  axis<"o", B> o;
  axis<"c", B> c;
  tensor<"to", std::int8_t, B, B> to;
  tensor<"from", std::int8_t, B, B> from;

  constexpr auto define() const { return to(o, c) = from(o, c); }
};

template <int B>
struct load_acc {
  static constexpr label name = "load_acc", unit = "compute";
  static constexpr vta::meaning means{opcode::load, memory::acc};
  static constexpr space memories[2]{acc, space::main};
  static constexpr int loops_around = most_loops;
  axis<"o", B> o;
  tensor<"to", std::int32_t, B> to;
  tensor<"from", std::int32_t, B> from;

  constexpr auto define() const { return to(o) = from(o); }
};

/// A GEMM with its reset bit.
template <int B>
struct reset {
  static constexpr label name = "reset", unit = "compute";
  static constexpr vta::meaning means{.op = opcode::gemm, .is_reset = true};
  static constexpr space memories[1]{acc};
  static constexpr int loops_around = most_loops;
  axis<"o", B> o;
  tensor<"to", std::int32_t, B> to;

  constexpr auto define() const { return to(o) = 0; }
};

template <int B>
struct gemm {
  static constexpr label name = "gemm", unit = "compute";
  static constexpr vta::meaning means{.op = opcode::gemm};
  static constexpr space memories[3]{acc, inp, wgt};
  static constexpr int loops_around = most_loops;
  axis<"o", B> o;
  axis<"c", B> c;
  tensor<"to", std::int32_t, B> to;
  tensor<"x", std::int8_t, B> x;
  tensor<"w", std::int8_t, B, B> w;

  constexpr auto define() const { return to(o) = sum(c, cast<std::int32_t>(x(c)) * cast<std::int32_t>(w(o, c))); }
};

/// What the ALU makes of two numbers.
template <alu::kind Op, class A, class B>
constexpr auto combined(A const& a, B const& b) {
  if constexpr (Op == alu::min) return min(a, b);
  else if constexpr (Op == alu::max) return max(a, b);
  else if constexpr (Op == alu::add) return a + b;
  else if constexpr (Op == alu::shr) return a >> b;
  else return a * b;
}

constexpr label name_of(alu::kind op, bool is_immediate) {
  text name{};
  name << name_of_alu(op) << (is_immediate ? "_imm" : "");
  return text_view(name);
}

/// Combines accumulators with others.
template <alu::kind Op, int B>
struct with_other {
  static constexpr label name = described::name_of(Op, false), unit = "compute";
  static constexpr vta::meaning means{opcode::alu, Op};
  static constexpr space memories[2]{acc, acc};
  static constexpr int loops_around = most_loops;
  axis<"o", B> o;
  tensor<"to", std::int32_t, B> to;
  tensor<"other", std::int32_t, B> other;

  constexpr auto define() const { return to(o) = combined<Op>(to(o), other(o)); }
};

/// Combines accumulators with a number.
template <alu::kind Op, int B>
struct with_number {
  static constexpr label name = described::name_of(Op, true), unit = "compute";
  static constexpr vta::meaning means{.op = opcode::alu, .which = Op, .is_immediate = true};
  static constexpr space memories[1]{acc};
  static constexpr limit limits[1]{{"number", Op == alu::shr ? 0 : -32768, Op == alu::shr ? 15 : 32767}};
  static constexpr int loops_around = most_loops;
  axis<"o", B> o;
  immediate<"number", std::int32_t> number;
  tensor<"to", std::int32_t, B> to;

  constexpr auto define() const { return to(o) = combined<Op>(to(o), number); }
};

/// The low bytes of accumulators; clip them before.
template <int B>
struct store {
  static constexpr label name = "store", unit = "store";
  static constexpr vta::meaning means{opcode::store, memory::out};
  static constexpr space memories[2]{space::main, acc};
  static constexpr int loops_around = most_loops;
  axis<"o", B> o;
  tensor<"to", std::int8_t, B> to;
  tensor<"from", std::int32_t, B> from;

  constexpr auto define() const { return to(o) = cast<std::int8_t>(from(o)); }
};

template <configuration const& C>
struct of_sizes {
  static constexpr int b = C.block();
  static constexpr tenon::memory memories[4]{
      {.where = space::main, .alignment = 4096},
      {.where = inp, .bytes = C.depth(memory::inp) * C.bytes(memory::inp), .block = C.bytes(memory::inp)},
      {.where = wgt, .bytes = C.depth(memory::wgt) * C.bytes(memory::wgt), .block = C.bytes(memory::wgt)},
      {.where = acc, .bytes = C.depth(memory::acc) * C.bytes(memory::acc), .block = C.bytes(memory::acc)}};
  static constexpr tenon::unit units[3]{{"load"}, {"compute"}, {"store"}};
  using instructions =
      instruction_list<load_inp<b>, load_wgt<b>, load_acc<b>, reset<b>, gemm<b>, with_other<alu::min, b>,
                       with_other<alu::max, b>, with_other<alu::add, b>, with_other<alu::shr, b>,
                       with_other<alu::mul, b>, with_number<alu::min, b>, with_number<alu::max, b>,
                       with_number<alu::add, b>, with_number<alu::shr, b>, with_number<alu::mul, b>, store<b>>;
};

template <class... Instructions>
constexpr std::array<meaning, sizeof...(Instructions)> meanings(instruction_list<Instructions...>) {
  return {Instructions::means...};
}

}  // namespace described

/// The machine of these sizes, as `accelerator` takes it. An operator's `schedule(vta_target)` is for it.
template <class Sizes>
struct machine : vta_target, described::of_sizes<sizes_of<Sizes>> {
  static constexpr label name = "vta";
};

/// What each instruction of the description is, in the order of the machine's list.
template <class Sizes>
inline constexpr auto meanings = described::meanings(typename machine<Sizes>::instructions{});

}  // namespace tenon::vta
