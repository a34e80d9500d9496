#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <span>

#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/ir/spell.hpp>
#include <tenon/support/static_vector.hpp>
#include <tenon/support/text.hpp>
#include <tenon/target/accelerator/statements.hpp>
#include <tenon/target/vta/machine.hpp>
#include <tenon/target/vta/repetition.hpp>
#include <tenon/target/vta/transfer.hpp>

/// What the statements of a program are on VTA, as far as it is the same in every turn of the loops around them.
namespace tenon::vta {

/// A condition under which a load copies; where it does not hold, it puts zeros. It holds from some turn of a loop on, or up to
/// some turn.
struct copy_condition {
  ir::node_id holds{};
  int loop = -1;  // the place of that loop among those around the instruction; -1: the same in all turns
};

/// A statement as an instruction of the machine, but for where its operands begin.
struct prepared_site {
  meaning means{};
  copy_loops copies{};  // of a LOAD or STORE
  static_vector<copy_condition, 8> conditions{};
  repetition repeats{};  // of a GEMM or ALU instruction
  std::int64_t number = 0;  // of one with a number
  std::int64_t which[3]{};  // the memory of each operand
};

/// All statements, or why one is no instruction of the machine.
struct prepared_sites {
  static_vector<prepared_site, accelerator::sites::capacity> all{};
  text wrong{};
};

/// No number of blocks.
inline constexpr std::int64_t no_block = std::numeric_limits<std::int64_t>::min();

/// How many blocks of a memory lie between elements of an operand that are so far apart, or `no_block` if they are in the middle of
/// one.
constexpr std::int64_t blocks_of(configuration const& c, std::int64_t which, accelerator::operand const& o,
                                 std::int64_t elements) {
  std::int64_t const bytes = elements * o.element_bytes, size = c.bytes(which);
  return bytes % size == 0 ? bytes / size : no_block;
}

namespace detail {

/// Takes a condition apart into those of single loops.
constexpr void add_conditions(ir::program const& p, accelerator::site const& s, ir::node_id id, prepared_site& to,
                              text& wrong) {
  ir::node const& n = p[id];
  if (n.what == ir::op::logical_and) {
    add_conditions(p, s, n.a, to, wrong);
    add_conditions(p, s, n.b, to, wrong);
    return;
  }
  copy_condition made{.holds = id};
  int loops = 0;
  for (std::size_t a = 0; a < s.around.size(); ++a) {
    if (!ir::depends_on(p, id, s.around[a])) continue;
    made.loop = static_cast<int>(a);
    ++loops;
  }
  bool fits = (n.what == ir::op::less || n.what == ir::op::less_equal) && loops <= 1 && !to.conditions.full();
  for (ir::node_id const side : {n.a, n.b}) {
    if (!fits) break;
    for (ir::linear::term const& t : ir::linear_of(p, side).terms) fits &= p[t.atom].what == ir::op::counter;
  }
  if (fits) {
    to.conditions.push_back(made);
  } else if (wrong.empty()) {
    wrong << "this operator: a load puts zeros in front of and behind rows and columns, not where ";
    ir::spell(wrong, p, id);
    wrong << " is false";
  }
}

constexpr prepared_site prepare(ir::program const& p, accelerator::site const& s, meaning const& m,
                                configuration const& c, text& wrong) {
  prepared_site made{.means = m};
  bool const is_copy = m.op == opcode::load || m.op == opcode::store;
  std::size_t const operands = s.operands.size();
  if (is_copy) {
    // An output has the index of its accumulator.
    made.which[0] = m.which;
    made.which[1] = m.op == opcode::store ? std::int64_t{memory::acc} : m.which;
  } else {
    made.which[0] = memory::acc;
    made.which[1] = m.op == opcode::gemm ? memory::inp : memory::acc;
    made.which[2] = memory::wgt;
    if (m.is_immediate) made.number = s.immediates[0];
  }
  repeated_loops turning{};
  for (std::size_t n = 0; n < s.around.size(); ++n) {
    repeated_loop l{.count = s.turns[n]};
    for (std::size_t o = 0; o < operands; ++o) {
      l.step[o] = blocks_of(c, made.which[o], s.operands[o], s.operands[o].steps[n]);
      if (l.step[o] != no_block || l.count == 1 || !wrong.empty()) continue;
      wrong << "this operator: " << p[s.operands[o].of].name << " is taken every "
            << s.operands[o].steps[n] * s.operands[o].element_bytes << " bytes in the loop " << p[s.around[n]].name
            << ", and a block of " << name_of_memory(made.which[o]) << " is " << c.bytes(made.which[o])
            << "; let its innermost dimensions be those of a block";
    }
    if (is_copy) {
      std::size_t const sram = m.op == opcode::store ? 1 : 0;
      made.copies.push_back({.count = l.count, .sram = l.step[sram], .dram = l.step[1 - sram]});
    } else if (l.count > 1) {
      turning.push_back(l);
    }
  }
  if (s.inside != ir::node_id::none) add_conditions(p, s, s.inside, made, wrong);
  if (is_copy) return made;
  made.repeats = repetition_of(turning, operands == 2 && s.operands[0].of == s.operands[1].of);
  std::int64_t const distance = made.repeats.distance();
  if (distance > 0 && distance < 3 && wrong.empty()) {
    wrong << "this operator: " << p.instructions[p[s.at].x] << " would add to the same accumulators again after "
          << distance << (distance == 1 ? " step" : " steps")
          << ", and the pipeline needs 3; leave a loop of more rows or outputs to the "
          << "instruction, or the loop that sums outside of it";
  }
  if (made.repeats.count() > c.depth(memory::uop) && wrong.empty()) {
    wrong << "this operator: an instruction of " << made.repeats.count() << " micro-ops, and " << c.depth(memory::uop)
          << " fit; leave some of its loops outside of the instruction";
  }
  return made;
}

/// Why a STORE would not find what is meant, or nothing: only a GEMM that sums and the ALU reach out.
constexpr text flaw_of_stores(ir::program const& p, accelerator::statements const& found, prepared_sites const& ready) {
  for (std::size_t n = 0; n < ready.all.size(); ++n) {
    if (ready.all[n].means.op != opcode::store) continue;
    ir::buffer_id const from = found.all[n].operands[1].of;
    bool reached = false;
    for (std::size_t w = 0; w < ready.all.size(); ++w) {
      meaning const& m = ready.all[w].means;
      bool const writes_out = m.op == opcode::alu || (m.op == opcode::gemm && !m.is_reset);
      reached |= writes_out && found.all[w].operands[0].of == from;
    }
    if (reached) continue;
    return text{} << "this operator: store takes " << p[from].name << ", which is loaded and not computed, and what is "
                  << "loaded does not reach out; clip it there: max(min(x, 127), -128)";
  }
  return {};
}

}  // namespace detail

/// What the statements are; `meanings` are those of the machine's instructions.
constexpr prepared_sites prepare_sites(ir::program const& p, accelerator::statements const& found,
                                       std::span<meaning const> meanings, configuration const& c) {
  prepared_sites made{};
  for (accelerator::site const& s : found.all)
    made.all.push_back(detail::prepare(p, s, meanings[s.instruction], c, made.wrong));
  if (made.wrong.empty()) made.wrong = detail::flaw_of_stores(p, found, made);
  return made;
}

}  // namespace tenon::vta
