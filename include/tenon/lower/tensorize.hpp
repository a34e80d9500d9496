#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/lower/match_instruction.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/lower/relax_predicates.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

namespace detail {

/// Whether an update inside of one of these loops has a condition.
constexpr bool has_tail(ir::program const& p, decltype(named_axes::axes) const& of) {
  bool found = false;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    bool is_named = false;
    for (ir::axis_id a : of) is_named |= p[id].what == ir::op::loop && p[id].axis() == a;
    if (!is_named) return;
    ir::each_statement(p, id, [&](ir::node_id under) {
      ir::node const& n = p[under];
      found |= n.what == ir::op::store && n.reduction() != ir::reduction_id::none && n.b != ir::node_id::none;
    });
  });
  return found;
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
/// Conditions that a tail left go, where what they keep out is zero or nobody reads it: an instruction has none.
/// Keeps: the nest, which stays as what the instruction means.
constexpr ir::program tensorize(ir::program p, step const& s, machine const& on = {}) {
  int const called = on.find_instruction(s.word);
  if (called < 0) {
    text sentence{};
    sentence << s << ": no instruction is called " << s.word;
    if (on.instructions.empty()) return ir::refuse(p, sentence << "; " << on.name << " knows none");
    char const* separator = "; the instructions are ";
    for (instruction const& i : on.instructions) {
      sentence << separator << i.name;
      separator = ", ";
    }
    return ir::refuse(p, sentence);
  }
  instruction const& wanted = on.instructions.first[called];
  named_axes const named = find_axes(p, s, s.loops[0]);
  if (named.refused) return ir::refuse(p, named.refused.sentence);
  bool updates = false;
  ir::each_statement(*wanted.behaviour, wanted.behaviour->root, [&](ir::node_id id) {
    ir::node const& n = (*wanted.behaviour)[id];
    updates |= n.what == ir::op::store && n.reduction() != ir::reduction_id::none;
  });

  if (detail::has_tail(p, named.axes)) p = relax_predicates(p);

  static_vector<ir::node_id, 32> nests{};
  bool done_already[decltype(p.nodes)::capacity]{};
  bool was_said = false;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::tensorized) {
      done_already[static_cast<std::size_t>(p[id].a)] = true;
      was_said |= p.instructions[p[id].x] == s.word;
    }
    if (p[id].what != ir::op::loop || done_already[static_cast<std::size_t>(id)]) return;
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
  text const taken_before = was_said ? text{"; an earlier tensorize took all that it does"} : text{};
  if (nests.empty()) {
    text why{};
    if (updates) {
      why << s << ": the instruction adds to what is there, and no reduction is inside of " << s.loops[0]
          << "; reorder so that its terms are";
    } else {
      why << s << ": the instruction adds to nothing, and all that is left inside of " << s.loops[0]
          << " are terms of a sum; move the loop over terms out of it";
    }
    return ir::refuse(p, was_said ? why << taken_before : why);
  }
  text difference{};
  int taken = 0;
  for (ir::node_id nest : nests) {
    instruction_match const match = match_instruction(p, nest, wanted, on);
    if (!match.matched) {
      if (difference.empty()) difference = match.difference;
      continue;
    }
    ++taken;
    for (std::size_t n = 0; n < wanted.memories.size() && n < match.operands.size(); ++n) {
      ir::buffer& operand = p[p[match.operands[n]].of];
      if (operand.where != ir::memory::automatic) continue;
      operand.where = wanted.memories[n] == space::main ? ir::memory::workspace : memory_of(p, wanted.memories[n]);
    }
    auto const entry = static_cast<std::uint16_t>(entry_of(p.instructions, wanted.name, p.refused));
    ir::node_id const done = p.add(ir::node{.what = ir::op::tensorized, .x = entry});
    ir::replace(p, nest, done);
    p[done].a = nest;
  }
  // The loops that start a sum and those that store it have one name: an instruction that does not add does one of them.
  if (!difference.empty() && (updates || taken == 0)) {
    return ir::refuse(p, text{} << s << ": " << difference << taken_before);
  }
  return p;
}

}  // namespace tenon::lower
