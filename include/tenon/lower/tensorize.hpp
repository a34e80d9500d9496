#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/instruction.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

namespace detail {

/// The number of an instruction in the program's table, entered there if it is new.
constexpr std::uint16_t entry_of(ir::program& p, label const& name) {
  if (p.instructions.empty()) p.instructions.push_back(label{});
  for (std::size_t n = 1; n < p.instructions.size(); ++n) {
    if (p.instructions[n] == name) return static_cast<std::uint16_t>(n);
  }
  if (p.instructions.full()) {
    p = ir::refuse(p, text{} << "this operator: a program holds " << p.instructions.capacity - 1
                             << " kinds of instructions, and it needs more; compute it in several operators");
    return 0;
  }
  p.instructions.push_back(name);
  return static_cast<std::uint16_t>(p.instructions.size() - 1);
}

}  // namespace detail

/// Leaves a nest to an instruction.
///
///     for l in 0..16                            vnni_dot4 of
///       for q in 0..4                             for l in 0..16
///         s[l] += int(a[q]) * int(b[l, q])  =>      for q in 0..4
///                                                     s[l] += int(a[q]) * int(b[l, q])
///
/// Needs: an instruction of that name, and at the loop a nest with its loops in its order, its formula, and operands that
/// lie in memory as it takes them. The factors of a product may change places.
/// Keeps: the nest, which stays as what the instruction means.
constexpr ir::program tensorize(ir::program p, step const& s, instruction_set const& known = {}) {
  instruction const* wanted = nullptr;
  bool found = false;  // asked instead of the pointer, which is no constant under a sanitizer that doubts pointers
  for (instruction const& i : known) {
    if (i.name != s.word) continue;
    wanted = &i;
    found = true;
  }
  if (!found) {
    text sentence{};
    sentence << s << ": no instruction is called " << s.word;
    if (known.count == 0) return ir::refuse(p, sentence << "; this kernel knows none");
    char const* separator = "; the instructions are ";
    for (instruction const& i : known) {
      sentence << separator << i.name;
      separator = ", ";
    }
    return ir::refuse(p, sentence);
  }
  named_axes const named = find_axes(p, s, s.loops[0]);
  if (named.refused) return ir::refuse(p, named.refused.sentence);
  bool updates = false;
  ir::each_statement(*wanted->behaviour, wanted->behaviour->root, [&](ir::node_id id) {
    ir::node const& n = (*wanted->behaviour)[id];
    updates |= n.what == ir::op::store && n.reduction() != ir::reduction_id::none;
  });

  static_vector<ir::node_id, 32> nests{};
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what != ir::op::loop) return;
    bool is_named = false;
    for (ir::axis_id a : named.axes) is_named |= p[id].axis() == a;
    if (!is_named) return;
    bool has_update = false;
    ir::each_statement(p, id, [&](ir::node_id under) {
      has_update |= p[under].what == ir::op::store && p[under].reduction() != ir::reduction_id::none;
    });
    // The loops that start and finish the sums have the same name; they are not meant.
    if (has_update == updates) nests.push_back(id);
  });
  if (nests.empty()) {
    return ir::refuse(p, text{} << s << ": the instruction adds to what is there, and no reduction is inside of "
                                << s.loops[0] << "; reorder so that its terms are");
  }
  for (ir::node_id nest : nests) {
    instruction_match const match = match_instruction(p, nest, *wanted);
    if (!match.matched) return ir::refuse(p, text{} << s << ": " << match.difference);
    for (std::size_t n = 0; n < wanted->memories.size() && n < match.operands.size(); ++n) {
      ir::buffer& operand = p[p[match.operands[n]].of];
      if (operand.where == ir::memory::automatic) operand.where = wanted->memories[n];
    }
    std::uint16_t const entry = detail::entry_of(p, wanted->name);
    ir::node_id const done = p.add(ir::node{.what = ir::op::tensorized, .x = entry});
    ir::replace(p, nest, done);
    p[done].a = nest;
  }
  return p;
}

}  // namespace tenon::lower
